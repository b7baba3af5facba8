"""The rules of tasks as an organisation sets them: on or off, after how many days, of whom."""
