namespace GatewayAgent.Ports;

/// <summary>
/// A few small files on flash. What a call has reported as done survives a power cut; a cut within a call leaves the file as it was before,
/// or with a part of what was to be written. No method throws. Every call waits for the flash and may allocate: never on the sampling thread.
/// </summary>
public interface IFlash
{
    /// <summary>Reads from an offset.</summary>
    /// <returns>Bytes read, fewer than asked for at the end of the file; negative: <see cref="FlashStatus"/>.</returns>
    int Read(string name, int offset, byte[] buffer, int count);

    /// <summary>Writes behind the end of a file, which it makes when there is none.</summary>
    /// <returns>False when it could not be written as a whole; a part may stand there.</returns>
    bool Append(string name, byte[] data, int count);

    /// <summary>Replaces a file as a whole: a cut leaves the old or the new content, nothing else.</summary>
    /// <returns>False when the old content, or none, still stands.</returns>
    bool Replace(string name, byte[] data, int count);

    /// <summary>Removes a file. A file that is not there is removed.</summary>
    bool Delete(string name);
}
