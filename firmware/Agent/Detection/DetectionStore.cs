using GatewayAgent.Ports;

namespace GatewayAgent.Detection;

/// <summary>Keeps on flash what detection has learned: baselines take weeks to learn. Runs on the uplink thread.</summary>
public sealed class DetectionStore
{
    private const string FileName = "detection";

    private readonly Deterioration _detection;
    private readonly IFlash _flash;
    private readonly byte[] _buffer = new byte[SavedState.Bytes];
    private bool _failed;

    /// <param name="detection">What learns.</param>
    /// <param name="flash">Null: nothing outlives the boot.</param>
    public DetectionStore(Deterioration detection, IFlash flash)
    {
        _detection = detection;
        _flash = flash;
    }

    /// <summary>Goes on from what an earlier boot has kept, if it can be read.</summary>
    public void Load()
    {
        int length = _flash == null ? -1 : _flash.Read(FileName, 0, _buffer, _buffer.Length);
        if (length > 0)
        {
            _detection.Load(_buffer, length);
        }
    }

    /// <summary>Keeps it when it is worth it, or before a planned end.</summary>
    public void Keep(bool isEnding)
    {
        if (_flash == null || _failed || !(isEnding || _detection.IsDirty))
        {
            return;
        }

        if (!_flash.Replace(FileName, _buffer, _detection.Save(_buffer)))
        {
            // A flash that fails is not tried every second: the next boot tries again.
            _failed = true;
        }
    }
}
