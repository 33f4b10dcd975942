package wire

// The video endpoints of a node, plain HTTP with JSON bodies.

// Paths of the video endpoints. Owner, hash, link (without scheme), request id
// and segment follow as path parts.
const (
	RESTGetOzone      = "/getOzone/"
	RESTPrepare       = "/prepareVideoFileCache/"
	RESTPrepareShared = "/prepareSharedVideoFileCache/"
	RESTSegment       = "/getVideoSliceCache/"
)

// Content types of what RESTSegment answers.
const (
	TypePlaylist = "application/x-mpegURL"
	TypeSegment  = "video/MP2T"
)

// RESTOzone answers RESTGetOzone; on failure the texts are empty.
type RESTOzone struct {
	Wallet         string `json:"walletAddress"`
	SequenceNumber string `json:"sequenceNumber"`
	Ozone          string `json:"ozone"`
}

// PrepareRequest is the body of RESTPrepare (signs DownloadMessage) and
// RESTPrepareShared (signs SharedMessage).
type PrepareRequest struct {
	PubKey    string `json:"pubKey"`
	Wallet    string `json:"walletAddress"`
	Signature string `json:"signature"`
	ReqTime   int64  `json:"reqTime"`
}

// PrepareResponse answers both.
type PrepareResponse struct {
	HeaderFile string `json:"headerFile"`
	ReqID      string `json:"reqId"`
}

// RESTError is the body of every failure; the HTTP status is 500, but 200 for
// a malformed file path.
type RESTError struct {
	ErrCode int    `json:"errcode"`
	Data    *int   `json:"data"` // always null
	Message string `json:"message"`
}

// Messages of RESTError.
const (
	TextSessionExpired = "session expired"
	TextNoSegment      = "unable to find segment's info"
	TextBadRequest     = "bad request"
	TextBadFilePath    = "invalid file path"
	TextBadBody        = "failed to parse request body"
	TextMissingMembers = "invalid reqTime / pubKey / signature"
	TextActiveNode     = "Current node is activated and is not allowed to cache video"
)
