"""Routes about backups and drills."""

ROUTES = """
backups:list                    get view_backup
backup-list                     get view_backup
backup-detail                   get view_backup
drill-list                      get view_backup
drill-detail                    get view_backup
real-names                      get view_backup
"""
