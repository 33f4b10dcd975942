package wire

// The one object in params of each method. Members are always written unless
// marked omitempty; times are unix seconds.

// OzoneParams is for requestGetOzone.
type OzoneParams struct {
	Wallet string `json:"walletaddr"`
}

// UploadParams is for requestUpload and requestUploadStream.
type UploadParams struct {
	FileName        string    `json:"filename"` // base name, no path
	FileSize        int64     `json:"filesize"`
	FileHash        string    `json:"filehash"`
	Signature       Signature `json:"signature"` // over UploadMessage
	DesiredTier     int       `json:"desired_tier"`
	AllowHigherTier bool      `json:"allow_higher_tier"`
	ReqTime         int64     `json:"req_time"`
	SequenceNumber  string    `json:"sequencenumber"`
}

// UploadDataParams is for uploadData.
type UploadDataParams struct {
	FileHash       string    `json:"filehash"`
	Data           string    `json:"data"`      // standard base64 with padding
	Signature      Signature `json:"signature"` // over UploadMessage
	ReqTime        int64     `json:"req_time"`
	SequenceNumber string    `json:"sequencenumber"`
	Stop           bool      `json:"stop,omitempty"`
}

// UploadSignParams is for uploadSign.
type UploadSignParams struct {
	FileHash       string    `json:"filehash"`
	Signature      Signature `json:"signature"` // over UploadMessage with a fresh number
	SequenceNumber string    `json:"sequencenumber"`
	ReqTime        int64     `json:"req_time"`
}

// FileParams is for getFileStatus (StatusMessage) and requestDeleteFile
// (DeleteMessage).
type FileParams struct {
	FileHash  string    `json:"filehash"`
	Signature Signature `json:"signature"`
	ReqTime   int64     `json:"req_time"`
}

// DownloadParams is for requestDownload and requestVideoDownload.
type DownloadParams struct {
	FileHandle string    `json:"filehandle"` // see Handle
	Signature  Signature `json:"signature"`  // over DownloadMessage
	ReqTime    int64     `json:"req_time"`
}

// DownloadDataParams is for downloadData.
type DownloadDataParams struct {
	FileHash string `json:"filehash"`
	ReqID    string `json:"reqid"`
}

// DownloadedInfoParams is for downloadedFileInfo.
type DownloadedInfoParams struct {
	FileHash string `json:"filehash"`
	FileSize int64  `json:"filesize"`
	ReqID    string `json:"reqid"`
}

// SliceDataParams is for requestDownloadSliceData.
type SliceDataParams struct {
	FileHash       string `json:"filehash"`
	ReqID          string `json:"reqid"`
	SliceHash      string `json:"slicehash"`
	SliceNumber    uint64 `json:"slicenumber"`
	SliceSize      uint64 `json:"slicesize"`
	NetworkAddress string `json:"networkaddress"`
	P2PAddress     string `json:"p2pAddress"`
	ReqTime        int64  `json:"req_time"`
}

// ListParams is for requestList (ListMessage) and requestListShare
// (ListShareMessage). Pages count from 0.
type ListParams struct {
	Signature Signature `json:"signature"`
	Page      uint64    `json:"page"`
	ReqTime   int64     `json:"req_time"`
}

// ShareParams is for requestShare. Duration 0 is the network's default.
type ShareParams struct {
	FileHash  string    `json:"filehash"`
	Signature Signature `json:"signature"` // over ShareMessage
	Duration  int64     `json:"duration"`  // seconds
	Private   bool      `json:"private_flag"`
	ReqTime   int64     `json:"req_time"`
	IPFSCID   string    `json:"ipfs_cid,omitempty"`
	MetaInfo  string    `json:"meta_info,omitempty"` // at most MaxMetaInfo bytes
}

// StopShareParams is for requestStopShare.
type StopShareParams struct {
	Signature Signature `json:"signature"` // over StopShareMessage
	ShareID   string    `json:"shareid"`
	ReqTime   int64     `json:"req_time"`
}

// GetSharedParams is for requestGetShared and requestGetVideoShared.
type GetSharedParams struct {
	Signature Signature `json:"signature"` // over SharedMessage
	ShareLink string    `json:"sharelink"` // with scheme, and password if any
	ReqTime   int64     `json:"req_time"`
}

// SignedParams is for requestClearExpiredShareLinks (ClearExpiredMessage).
type SignedParams struct {
	Signature Signature `json:"signature"`
	ReqTime   int64     `json:"req_time"`
}

// ServiceStatusParams is for requestServiceStatus; the wallet is not looked at.
type ServiceStatusParams struct {
	Wallet string `json:"walletaddr"`
}
