"""Reads tables of papers that other systems wrote: bytes in, rows with their mistakes out."""
