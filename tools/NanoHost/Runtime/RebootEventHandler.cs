namespace nanoFramework.Runtime.Native;

/// <summary>As on the device.</summary>
public delegate void RebootEventHandler();
