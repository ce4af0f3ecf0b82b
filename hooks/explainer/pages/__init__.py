"""From records to pages, through templates."""
