"""Tables that arrive and leave: lines of CSV, spreadsheets, workbooks."""
