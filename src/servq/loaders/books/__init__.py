"""Books: files of sheets, each read into rows of text within limits: XLSX, .xls, .ods, web pages, zips of CSV files."""
