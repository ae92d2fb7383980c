using GatewayAgent.Protocol;
using Google.Protobuf.Collections;

namespace GatewayAgent.Tests.Protocol;

public class HeardRowsTests
{
    [Fact]
    public void Rows_have_8_numbers_or_12_when_load_was_read()
    {
        IReadOnlyList<HeardRow> rows = HeardRows.Read([1, 12, 2, 70, 30, 4, 55, 0, 6, 9_000, 4, 41, 800, 20, 310, 5, 187, 12, 131, 9, 8, 0, 0, 0, 0, 3, 1, 0]);

        Assert.Equal(
            [
                new HeardRow(1, 12, 2, 70, 30, 4, 55, null),
                new HeardRow(6, 9_000, 4, 41, 800, 20, 310, new BssLoad(5, 187, 12, 131, 9)),
                new HeardRow(8, 0, 0, 0, 0, 3, 1, null),
            ],
            rows);
        Assert.Equal(-41, rows[1].RssiMaxDbm);
        Assert.Null(rows[2].RssiMaxDbm);
        Assert.Equal(37.4, rows[1].Load!.Value.Mean);
    }

    [Fact]
    public void A_row_cut_short_anywhere_is_named_and_the_rows_before_it_are_kept()
    {
        uint[] whole = [1, 12, 2, 70, 30, 4, 55, 0, 6, 9_000, 4, 41, 800, 20, 310, 5, 187, 12, 131, 9];
        for (int length = 9; length < whole.Length; length++)
        {
            RepeatedField<uint> cut = [.. whole[..length]];

            Assert.False(HeardRows.TryRead(cut, out IReadOnlyList<HeardRow> rows, out string? reason));
            Assert.Single(rows);
            Assert.StartsWith("row 1 of channel 6 is cut short", reason);
            Assert.Throws<FormatException>(() => HeardRows.Read(cut));
        }
    }

    [Fact]
    public void No_numbers_are_no_rows() => Assert.Empty(HeardRows.Read([]));
}
