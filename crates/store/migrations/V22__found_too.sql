-- Sessions, codes and people are found, too. What is there already is put into these by the program at the first
-- opening: until then they are by no rules.
CREATE VIRTUAL TABLE session_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
CREATE VIRTUAL TABLE tag_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
CREATE VIRTUAL TABLE person_text USING fts5(
    body, content='', contentless_delete=1, tokenize='ascii', prefix='1');
INSERT INTO index_state VALUES ('session_text', 0, 0, 0), ('tag_text', 0, 0, 0), ('person_text', 0, 0, 0);
