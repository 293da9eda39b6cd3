"""A diagnosis as a Word document (DOCX) that a consultant goes on editing."""
