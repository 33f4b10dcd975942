package session

import "github.com/godbus/dbus/v5"

// How slow and how fast videos play (mpv.Player.SetSpeed).
const (
	slowest = 0.25
	fastest = 4.0
)

// root are the properties of the program.
func root() map[string]any {
	return map[string]any{
		"CanQuit": true, "CanRaise": true, "HasTrackList": false,
		"Identity": program, "DesktopEntry": "io.github.stratosdrive",
		"SupportedUriSchemes": []string{}, "SupportedMimeTypes": []string{},
	}
}

// player are the properties of what plays; the caller holds the lock.
func (m *mpris) player() map[string]any {
	n := m.now
	open := n.ID != ""
	status := "Stopped"
	switch {
	case open && n.Playing:
		status = "Playing"
	case open:
		status = "Paused"
	}
	speed := n.Speed
	if speed <= 0 {
		speed = 1
	}
	return map[string]any{
		"PlaybackStatus": status, "Rate": speed, "MinimumRate": slowest, "MaximumRate": fastest,
		"Metadata": metadata(n), "Volume": n.Volume / 100, "Position": micros(n.Position),
		"CanGoNext": n.Next, "CanGoPrevious": n.Previous, "CanPlay": open, "CanPause": open,
		"CanSeek": open && n.Seekable, "CanControl": true,
	}
}

func trackOf(n Now) dbus.ObjectPath {
	if n.ID == "" {
		return noTrack
	}
	return dbus.ObjectPath(trackPrefix + n.ID)
}

// metadata says what plays. Addresses are keys, so there is none of the video.
func metadata(n Now) map[string]dbus.Variant {
	facts := map[string]dbus.Variant{"mpris:trackid": dbus.MakeVariant(trackOf(n))}
	if n.Title != "" {
		facts["xesam:title"] = dbus.MakeVariant(n.Title)
	}
	if n.Length > 0 {
		facts["mpris:length"] = dbus.MakeVariant(micros(n.Length))
	}
	if n.Art != "" {
		facts["mpris:artUrl"] = dbus.MakeVariant(n.Art)
	}
	return facts
}

// description is what the bus tells of the player to those who ask.
const description = `<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
<interface name="org.freedesktop.DBus.Introspectable"><method name="Introspect"><arg type="s" direction="out"/></method></interface>
<interface name="org.freedesktop.DBus.Properties">
<method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
<method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>
<method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/></method>
<signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal>
</interface>
<interface name="org.mpris.MediaPlayer2">
<method name="Raise"/><method name="Quit"/>
<property name="CanQuit" type="b" access="read"/><property name="CanRaise" type="b" access="read"/>
<property name="HasTrackList" type="b" access="read"/><property name="Identity" type="s" access="read"/>
<property name="DesktopEntry" type="s" access="read"/><property name="SupportedUriSchemes" type="as" access="read"/>
<property name="SupportedMimeTypes" type="as" access="read"/>
</interface>
<interface name="org.mpris.MediaPlayer2.Player">
<method name="Next"/><method name="Previous"/><method name="Pause"/><method name="PlayPause"/><method name="Stop"/><method name="Play"/>
<method name="Seek"><arg name="Offset" type="x" direction="in"/></method>
<method name="SetPosition"><arg name="TrackId" type="o" direction="in"/><arg name="Position" type="x" direction="in"/></method>
<method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>
<signal name="Seeked"><arg name="Position" type="x"/></signal>
<property name="PlaybackStatus" type="s" access="read"/><property name="Rate" type="d" access="readwrite"/>
<property name="Metadata" type="a{sv}" access="read"/><property name="Volume" type="d" access="readwrite"/>
<property name="Position" type="x" access="read"><annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/></property>
<property name="MinimumRate" type="d" access="read"/><property name="MaximumRate" type="d" access="read"/>
<property name="CanGoNext" type="b" access="read"/><property name="CanGoPrevious" type="b" access="read"/>
<property name="CanPlay" type="b" access="read"/><property name="CanPause" type="b" access="read"/>
<property name="CanSeek" type="b" access="read"/>
<property name="CanControl" type="b" access="read"><annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/></property>
</interface>
</node>`
