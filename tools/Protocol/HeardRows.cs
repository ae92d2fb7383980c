using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol;

/// <summary>Reads the rows of <see cref="Survey.Heard"/>, which stand one after another as plain numbers.</summary>
public static class HeardRows
{
    private const int ShortRow = 8;
    private const int LongRow = 12;

    /// <summary>All rows, in the order in which they stand.</summary>
    /// <exception cref="FormatException">The last row is cut short.</exception>
    public static IReadOnlyList<HeardRow> Read(RepeatedField<uint> numbers) =>
        TryRead(numbers, out IReadOnlyList<HeardRow> rows, out string? reason) ? rows : throw new FormatException(reason);

    /// <summary>As <see cref="Read"/>; false with the reason, and the whole rows before it, when the last row is cut short.</summary>
    public static bool TryRead(RepeatedField<uint> numbers, out IReadOnlyList<HeardRow> rows, [NotNullWhen(false)] out string? reason)
    {
        var read = new List<HeardRow>(numbers.Count / ShortRow);
        rows = read;
        int at = 0;
        while (at < numbers.Count)
        {
            int left = numbers.Count - at;
            int length = left >= ShortRow && numbers[at + 7] != 0 ? LongRow : ShortRow;
            if (left < length)
            {
                reason = $"row {read.Count} of channel {numbers[at]} is cut short: {left} numbers of {length}";
                return false;
            }

            read.Add(RowAt(numbers, at, length));
            at += length;
        }

        reason = null;
        return true;
    }

    private static HeardRow RowAt(RepeatedField<uint> n, int at, int length) => new(
        n[at], n[at + 1], n[at + 2], n[at + 3], n[at + 4], n[at + 5], n[at + 6],
        length == ShortRow ? null : new BssLoad(n[at + 7], n[at + 8], n[at + 9], n[at + 10], n[at + 11]));
}
