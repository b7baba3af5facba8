"""The workbook by which an organisation moves in: a sheet for each noun, declared once."""
