"""A diagnosis as a workbook (XLSX) whose figures are computed from its amounts."""
