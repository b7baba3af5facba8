"""Nothing lost: backups, restoring them, and the drill that shows that they can be restored.

`sealing.py`      age: what only the holders of the keys open, as it flows
`archive.py`      the one file: its members, in order, written and read without keeping any of it
`programs.py`     PostgreSQL's own programs (pg_dump, pg_restore), and a server for a drill
`likeness.py`     what a database is: a digest of every table, its rules and rights; what differs
`making.py`       makes a backup
`reading.py`      reads one to its end, before anything is written
`restoring.py`    puts one into an empty place, all of it or nothing
`opening.py`      opens samples of what lies encrypted
`after_restore.py`  what else is done with a restored database, by those who know of it
`drilling.py`     restores one into a server of its own, and throws it away
`sweeping.py`     takes away what a drill left that was killed
`stores.py`       where backups are kept: a folder or a bucket
`noting.py`       makes one as the settings say, and writes down what came of it
`keeping.py`      which of them are kept
"""
