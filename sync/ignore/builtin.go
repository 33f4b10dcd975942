package ignore

// junk are files that systems leave in folders and make again at will.
var junk = []string{".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"}

// builtIn are the rules for files of no use on another device. A drive can take
// each back with a line that begins with an exclamation mark.
const builtIn = `# What systems leave in folders.
.DS_Store
.AppleDouble
.LSOverride
._*
.Spotlight-V100
.Trashes
.fseventsd
.TemporaryItems
.DocumentRevisions-V100
[Tt]humbs.db
ehthumbs.db
[Dd]esktop.ini
$RECYCLE.BIN
System Volume Information
.Trash-*
.fuse_hidden*
.nfs*
lost+found/
# Locks and temporary files of office programs.
~$*
.~lock.*#
# Of editors.
*.swp
*.swo
*.swx
*.swn
4913
.#*
*.kate-swp
.goutputstream-*
*___jb_tmp___
*___jb_old___
# Of downloads and copies that are not complete.
*.tmp
*.temp
*.part
*.partial
*.filepart
*.crdownload
*.download
*.opdownload
.~tmp~/
# Of other programs that sync.
.dropbox
.dropbox.cache
.dropbox.attr
.syncthing.*.tmp
~syncthing~*.tmp
.stversions
.stfolder
.owncloudsync.log*
._sync_*.db*
.sync_*.db*
`
