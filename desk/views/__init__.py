"""Pages of the desk: signed in, permission, scope, then what a module beside shows."""
