"""Open data: tables of what is published, to be downloaded as CSV, JSON or XLSX, each with its dictionary; and what search engines ask for."""
