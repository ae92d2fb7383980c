namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Reads a stream from front to back and knows where it is. The stream need not be seekable.</summary>
internal sealed class CaptureInput : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly BufferedStream _stream;

    public CaptureInput(Stream stream) => _stream = new BufferedStream(stream, BufferBytes);

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads as much as there is.</summary>
    /// <returns>Bytes read; fewer than asked for only at the end.</returns>
    public int Read(Span<byte> target)
    {
        int read = _stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        Offset += read;
        return read;
    }

    /// <summary>Reads all of it, or returns false at the end.</summary>
    public bool TryRead(Span<byte> target) => Read(target) == target.Length;

    /// <summary>Reads over bytes, or returns false at the end.</summary>
    public bool TrySkip(long count)
    {
        Span<byte> scratch = stackalloc byte[4096];
        while (count > 0)
        {
            Span<byte> piece = scratch[..(int)Math.Min(count, scratch.Length)];
            if (!TryRead(piece))
            {
                return false;
            }

            count -= piece.Length;
        }

        return true;
    }

    public void Dispose() => _stream.Dispose();
}
