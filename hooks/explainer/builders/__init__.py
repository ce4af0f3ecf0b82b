"""What writes the site: MkDocs, or plain files for another builder."""
