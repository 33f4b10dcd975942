; The installer of Stratos Drive, for one user, without an administrator.
;
;   /S             asks nothing
;   /D=C:\Folder   installs into this folder (the last word, without quotes)
;   /START         opens the program when it is done, for updates
;
; It leaves with 0, with 1 where the person cancelled, and with 3 where the
; program still runs. What it writes into the registry for links is what the
; program itself writes (internal/desktop/registry.go).

Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define ID "io.github.stratosdrive"
!define NAME "Stratos Drive"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "LegalCopyright" "Copyright the authors of Stratos Drive"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\stratosdrive.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"

LangString Running ${LANG_ENGLISH} "Stratos Drive is still running. Quit it, also from its icon beside the clock, and try again."
LangString Running ${LANG_SIMPCHINESE} "Stratos Drive 仍在运行。请退出它（包括时钟旁的图标），然后重试。"
LangString Running ${LANG_FRENCH} "Stratos Drive est encore ouvert. Quittez-le, aussi par son icône près de l’horloge, puis réessayez."
LangString Running ${LANG_GERMAN} "Stratos Drive läuft noch. Beende es, auch über das Symbol neben der Uhr, und versuche es noch einmal."
LangString Running ${LANG_SPANISH} "Stratos Drive sigue abierto. Ciérralo, también desde su icono junto al reloj, e inténtalo de nuevo."
LangString TooOld ${LANG_ENGLISH} "Stratos Drive needs Windows 10 or newer, 64-bit."
LangString TooOld ${LANG_SIMPCHINESE} "Stratos Drive 需要 64 位的 Windows 10 或更新版本。"
LangString TooOld ${LANG_FRENCH} "Stratos Drive a besoin de Windows 10 ou plus récent, en 64 bits."
LangString TooOld ${LANG_GERMAN} "Stratos Drive braucht Windows 10 oder neuer, 64 Bit."
LangString TooOld ${LANG_SPANISH} "Stratos Drive necesita Windows 10 o posterior, de 64 bits."

; A program that runs cannot be opened for writing.
!macro Try FILE
	${If} ${FileExists} "$INSTDIR\${FILE}"
		ClearErrors
		FileOpen $0 "$INSTDIR\${FILE}" a
		${If} ${Errors}
			StrCpy $1 0
		${Else}
			FileClose $0
		${EndIf}
	${EndIf}
!macroend

!macro Free UN
Function ${UN}isFree ; sets $1 to 1 when no program of $INSTDIR runs, else to 0
	StrCpy $1 1
	!insertmacro Try "stratosdrive.exe"
	!insertmacro Try "stos.exe"
	!insertmacro Try "stosnet.exe"
FunctionEnd

; Waits until no program runs; asks again as often as the person wants, and
; where nobody can be asked gives a program that just quits half a minute.
Function ${UN}waitUntilFree
	StrCpy $2 0
	${Do}
		Call ${UN}isFree
		${If} $1 == 1
			Return
		${EndIf}
		${If} ${Silent}
			IntOp $2 $2 + 1
			${If} $2 > 60
				SetErrorLevel 3
				Quit
			${EndIf}
			Sleep 500
		${Else}
			MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" IDRETRY again
			SetErrorLevel 3
			Quit
			again:
		${EndIf}
	${Loop}
FunctionEnd
!macroend
!insertmacro Free ""
!insertmacro Free "un."

Function .onInit
	${IfNot} ${RunningX64}
	${OrIfNot} ${AtLeastWin10}
		MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
		SetErrorLevel 2
		Quit
	${EndIf}
FunctionEnd

Section
	SetShellVarContext current
	Call waitUntilFree
	SetOutPath "$INSTDIR"
	File "${FILES}\*"
	WriteUninstaller "$INSTDIR\uninstall.exe"
	CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\stratosdrive.exe"

	WriteRegStr HKCU "Software\Classes\stos" "" "URL:${NAME}"
	WriteRegStr HKCU "Software\Classes\stos" "URL Protocol" ""
	WriteRegStr HKCU "Software\Classes\stos\DefaultIcon" "" '"$INSTDIR\stratosdrive.exe",0'
	WriteRegStr HKCU "Software\Classes\stos\shell\open\command" "" '"$INSTDIR\stratosdrive.exe" "%1"'

	; Files that hold one link (cmd/stratosdrive/linkfile.go).
	WriteRegStr HKCU "Software\Classes\.stos" "" "${ID}.link"
	WriteRegStr HKCU "Software\Classes\${ID}.link" "" "Stratos Drive link"
	WriteRegStr HKCU "Software\Classes\${ID}.link\DefaultIcon" "" '"$INSTDIR\stratosdrive.exe",0'
	WriteRegStr HKCU "Software\Classes\${ID}.link\shell\open\command" "" '"$INSTDIR\stratosdrive.exe" "%1"'

	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" '"$INSTDIR\stratosdrive.exe",0'
	WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${NAME}"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	SectionGetSize 0 $0
	WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function .onInstSuccess
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/START" $1
	${IfNot} ${Errors}
		Exec '"$INSTDIR\stratosdrive.exe"'
	${EndIf}
FunctionEnd

; Removes what starts the program with the session: its value, and those of
; other profiles, whose names begin with it.
Function un.forgetStart
	StrCpy $0 0
	StrLen $2 "${ID}"
	${Do}
		EnumRegValue $1 HKCU "${RUN}" $0
		${If} $1 == ""
			Return
		${EndIf}
		StrCpy $3 $1 $2
		${If} $3 == "${ID}"
			DeleteRegValue HKCU "${RUN}" $1
		${Else}
			IntOp $0 $0 + 1
		${EndIf}
	${Loop}
FunctionEnd

; Only the programs go. Profiles, wallets and folders stay where they are.
Section "Uninstall"
	SetShellVarContext current
	Call un.waitUntilFree
	ReadRegStr $0 HKCU "Software\Classes\stos\shell\open\command" ""
	${If} $0 == '"$INSTDIR\stratosdrive.exe" "%1"'
		DeleteRegKey HKCU "Software\Classes\stos"
	${EndIf}
	ReadRegStr $0 HKCU "Software\Classes\.stos" ""
	${If} $0 == "${ID}.link"
		DeleteRegKey HKCU "Software\Classes\.stos"
	${EndIf}
	DeleteRegKey HKCU "Software\Classes\${ID}.link"
	Call un.forgetStart
	DeleteRegKey HKCU "${UNINSTALL}"
	Delete "$SMPROGRAMS\${NAME}.lnk"
	Delete "$INSTDIR\stratosdrive.exe"
	Delete "$INSTDIR\stos.exe"
	Delete "$INSTDIR\stosnet.exe"
	Delete "$INSTDIR\libmpv-2.dll"
	Delete "$INSTDIR\LICENSE.txt"
	Delete "$INSTDIR\THIRD-PARTY-NOTICES.txt"
	Delete "$INSTDIR\uninstall.exe"
	RMDir "$INSTDIR"
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
