using System.Reflection;

[assembly: AssemblyVersion("0.1.0.0")]

// Goes into the checksum by which an image recognises its native half.
[assembly: AssemblyNativeVersion("1.0.0.0")]
