"""What people do with phones, and with what phones deliver."""
