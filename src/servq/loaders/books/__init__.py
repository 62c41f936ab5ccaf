"""Books: files of sheets (XLSX, .xls, .ods, web pages, zips of CSV files) read into rows of text. Interprets no
value."""
