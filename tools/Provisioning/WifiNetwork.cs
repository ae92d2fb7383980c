using System.Text;

namespace GatewayAgent.Provisioning;

/// <summary>A network to join.</summary>
/// <param name="Ssid">Its name, 1–32 bytes of UTF-8.</param>
/// <param name="Password">WPA2 or WPA3 personal, 8–63 printable ASCII characters; null = an open network.</param>
public sealed record WifiNetwork(string Ssid, string? Password)
{
    public const int MaximumSsidBytes = 32, MinimumPassword = 8, MaximumPassword = 63;

    /// <returns>Null, or what is wrong with a name.</returns>
    public static string? CheckSsid(string ssid)
    {
        // What is no UTF-8 was read as U+FFFD.
        int bytes = Encoding.UTF8.GetByteCount(ssid);
        return bytes == 0 ? "must not be empty"
            : bytes > MaximumSsidBytes ? $"'{ssid}' has {bytes} bytes in UTF-8, at most {MaximumSsidBytes} are allowed"
            : ssid.Any(char.IsControl) ? "has a control character"
            : ssid.Contains('\uFFFD') ? $"'{ssid}' did not come in UTF-8: save the file so, or type it in a terminal that is set to it"
            : null;
    }

    /// <returns>Null, or what is wrong with a password, which is not quoted.</returns>
    public static string? CheckPassword(string? password)
    {
        if (password == null)
        {
            return null;
        }

        int odd = password.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        return odd >= 0 ? $"character {odd + 1} is not printable ASCII"
            : password.Length is < MinimumPassword or > MaximumPassword
                ? $"has {password.Length} characters, {MinimumPassword}–{MaximumPassword} are needed for WPA2 and WPA3"
                : null;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => Ssid;
}
