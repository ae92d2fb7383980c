using FsCheck;
using FsCheck.Fluent;

namespace GatewayAgent.Tests.Control;

/// <summary>
/// JSON and what looks like it: the names of our fields with values of every kind, nested, huge, repeated; sound texts with bytes changed, taken out
/// or cut off.
/// </summary>
internal static class JsonTexts
{
    public const string Config =
        """
        {"version":7,"windowSeconds":120,"assurance":"broker","role":"companion",
         "survey":{"periodMs":5000,"dwellMs":100,"busyUtilization":30,"busyHoldOffMs":60000,"channels2g":[1,6,11],"channels5g":[36,100,149]},
         "detection":{"enabled":true,"metrics":["link-rssi","utilization"],"sensitivity":100,"hoursToAlarm":3,"hoursToClear":6,"eventsPerHour":4},
         "broker":{"host":"b.example","port":8883,"tls":true},
         "privacy":{"ssidHash":true,"stationHash":false},"light":{"brightness":40,"idleBrightness":0}}
        """;

    public const string Command = """{"id":"a-1","cmd":"locate","expires":1700000060,"seconds":30}""";

    private static readonly string[] _names =
    [
        "version", "windowSeconds", "assurance", "role", "survey", "periodMs", "dwellMs", "channels2g", "channels5g", "detection", "metrics", "enabled",
        "sensitivity", "broker", "host", "port", "tls", "privacy", "ssidHash", "light", "brightness", "home", "password", "id", "cmd", "expires", "on",
        "seconds", "", "VERSION", "ünknown", "x\\u0041", "20260101T101010-0001",
    ];

    private static readonly string[] _scalars =
    [
        "0", "1", "7", "60", "-1", "255", "3600", "65536", "2147483647", "2147483648", "4294967295", "99999999999999999999999", "1e3", "1.5", "-0", "007",
        "+1", ".5", "1e999", "true", "false", "null", "TRUE", "nul", "\"\"", "\"broker\"", "\"companion\"", "\"reboot\"", "\"b.example\"", "'x'", "\"\\u0000\"",
        "\"\\ud800\"", "\"tab\t\"", "\"2026-07-24T10:00:00Z\"", "\"ü\"", "/*c*/1", "NaN", "\"unterminated", "",
    ];

    /// <summary>Texts that only by chance are sound.</summary>
    public static Gen<string> Any() => Gen.OneOf(
        Gen.Sized(size => Value(Math.Min(size, 40))),
        Mutated(Config),
        Mutated(Command),
        Gen.Choose(1, 3000).Select(depth => new string('[', depth)),
        Gen.Choose(1, 400).Select(depth => string.Concat(Enumerable.Repeat("{\"survey\":", depth))),
        Gen.Choose(0, 3000).Select(length => $"{{\"version\":1,\"{new string('x', length)}\":1}}"),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    /// <summary>A sound text, and how it fares.</summary>
    public static Gen<string> Mutated(string text) =>
        from at in Gen.Choose(0, text.Length)
        from count in Gen.Choose(0, 5)
        from inserted in Gen.OneOf(Gen.Constant(""), Gen.Elements(_scalars), Gen.Elements("{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\0", "é"))
        select text[..at] + inserted + text[Math.Min(text.Length, at + count)..];

    private static Gen<string> Value(int size) => size <= 1
        ? Gen.Elements(_scalars)
        : Gen.OneOf(
            Gen.Elements(_scalars),
            List(size).Select(items => $"[{items}]"),
            Members(size).Select(members => $"{{{members}}}"),
            Members(size).Select(members => $"{{\"version\":3,{members}}}"));

    private static Gen<string> List(int size) => Value(size / 2).ListOf().Select(items => string.Join(',', items.Take(60)));

    private static Gen<string> Members(int size) =>
        (from name in Gen.Elements(_names) from value in Value(size / 2) select $"\"{name}\":{value}").ListOf().Select(members => string.Join(',', members.Take(12)));
}
