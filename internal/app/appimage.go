package app

import "path/filepath"

// OwnAppImage returns the AppImage that a program was started from, or nothing.
// appImage and appDir are what its environment says (APPIMAGE, APPDIR). Programs
// inherit them from what started them, which may be an AppImage of another
// program: they are believed only if this program lies in appDir.
func OwnAppImage(appImage, appDir, program string) string {
	if appDir == "" || program == "" {
		return ""
	}
	inside, err := filepath.Rel(solid(appDir), solid(program))
	if err != nil || !filepath.IsLocal(inside) {
		return ""
	}
	return appImage
}
