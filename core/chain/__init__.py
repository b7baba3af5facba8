"""That nobody changed the history unnoticed, not even who runs the database.

Within a minute each event of the history (`core.models.AuditEvent`) is **linked**: its digest is
kept apart (`ChainedEvent`), and a **link** (`ChainLink`) has a hash over the digests of its events
and the hash of the link before. So a link stands for all before it. Whoever can change every
table can also compute every hash anew: so each hour the **head**, the number and the hash of the
newest link, leaves this machine (`anchors.py`), and what left is an **anchor** that a later history
must still agree with (`verifying.py`).

A digest stays when its event goes. Events that two persons took away by an act (`removals.py`) are
told from those that somebody took away alone.

This has nothing to do with sealed cases, nor with the seal that binds a database to its keys
(`core/sealing.py`).
"""
