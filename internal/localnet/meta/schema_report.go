package meta

// reportSchema adds the volume reports that were made to the chain.
const reportSchema = `
CREATE TABLE report (            -- one volume report an epoch
	epoch INTEGER PRIMARY KEY
);
`
