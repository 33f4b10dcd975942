package meta

// audienceSchema adds how often content was played, by people other than its
// owner. Nothing of it says who they were.
const audienceSchema = `
CREATE TABLE audience (
	owner TEXT NOT NULL,         -- whose content
	hash  TEXT NOT NULL,
	what  TEXT NOT NULL,         -- play, end, part, link, bytes
	which TEXT NOT NULL,         -- of play and end the day (days since 1970), of part its number, else the id of the share
	count INTEGER NOT NULL,
	PRIMARY KEY (owner, hash, what, which)
) WITHOUT ROWID;
`
