-- The workspace has an id of its own, the same in every copy of it. The program writes it at the first
-- opening, and with it ids of their own for what older versions gave the same id everywhere (store/open/rest):
-- ids are made by the program, not by SQL.
CREATE TABLE workspace (
    row INTEGER PRIMARY KEY CHECK (row = 1),
    id BLOB NOT NULL
) STRICT;
