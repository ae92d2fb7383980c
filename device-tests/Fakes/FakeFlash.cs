using System;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>
/// Flash in memory that can fail, and whose power can be cut within any write. A write is as many steps as it has bytes, and one more: a cut
/// before the last step leaves a part, a cut at the last step leaves all of it though the call reports a failure.
/// </summary>
public sealed class FakeFlash : IFlash
{
    private const int Files = 40;

    private readonly string[] _names = new string[Files];
    private readonly byte[][] _data = new byte[Files][];
    private readonly int[] _length = new int[Files];
    private readonly long[] _written = new long[Files];
    private readonly int[] _writes = new int[Files];
    private int _known;
    private bool _isOff;

    /// <summary>The power is cut: every call fails until <see cref="PowerUp"/>.</summary>
    public bool IsOff => _isOff;

    /// <summary>Steps until the power is cut; negative = never.</summary>
    public long StepsLeft { get; set; } = -1;

    /// <summary>Steps done since it was made.</summary>
    public long Steps { get; private set; }

    /// <summary>Writes that will be refused, having written half of what they should.</summary>
    public int FailingWrites { get; set; }

    public bool FailsReads { get; set; }

    /// <summary>Most files and bytes that stood on it at any time.</summary>
    public int MostFiles { get; private set; }

    public int MostBytes { get; private set; }

    public long BytesWritten { get; private set; }

    /// <summary>Each append or replacement costs the file system a block.</summary>
    public int Writes { get; private set; }

    public int Reads { get; private set; }

    public int FileCount
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _known; i++)
            {
                count += _length[i] >= 0 ? 1 : 0;
            }

            return count;
        }
    }

    public int Bytes
    {
        get
        {
            int bytes = 0;
            for (int i = 0; i < _known; i++)
            {
                bytes += _length[i] > 0 ? _length[i] : 0;
            }

            return bytes;
        }
    }

    public void PowerUp()
    {
        _isOff = false;
        StepsLeft = -1;
        FailingWrites = 0;
        FailsReads = false;
    }

    public int Read(string name, int offset, byte[] buffer, int count)
    {
        int file = Find(name);
        if (_isOff || FailsReads)
        {
            return FlashStatus.Failed;
        }

        if (file < 0)
        {
            return FlashStatus.Missing;
        }

        Reads++;
        int left = _length[file] - offset;
        int read = left < 0 ? 0 : left < count ? left : count;
        Array.Copy(_data[file], offset < _length[file] ? offset : 0, buffer, 0, read);
        return read;
    }

    public bool Append(string name, byte[] data, int count)
    {
        int file = Find(name);
        if (_isOff)
        {
            return false;
        }

        file = file < 0 ? Create(name) : file;
        int done = Spend(count);
        if (FailingWrites > 0)
        {
            FailingWrites--;
            done = done < count / 2 ? done : count / 2;
            Put(file, data, done);
            return false;
        }

        Put(file, data, done);
        return Spend(1) == 1 && done == count;
    }

    public bool Replace(string name, byte[] data, int count)
    {
        if (_isOff || Spend(count) < count)
        {
            return false;
        }

        if (FailingWrites > 0)
        {
            FailingWrites--;
            return false;
        }

        int file = Find(name);
        file = file < 0 ? Create(name) : file;
        _length[file] = 0;
        Put(file, data, count);
        return Spend(1) == 1;
    }

    public bool Delete(string name)
    {
        if (_isOff || Spend(1) == 0)
        {
            return false;
        }

        int file = Find(name);
        if (file >= 0)
        {
            _length[file] = -1;
        }

        return Spend(1) == 1;
    }

    /// <returns>Bytes of a file, −1 when there is none.</returns>
    public int LengthOf(string name)
    {
        int file = Find(name);
        return file < 0 ? -1 : _length[file];
    }

    public long WrittenTo(string name)
    {
        int file = FindName(name);
        return file < 0 ? 0 : _written[file];
    }

    public int WritesTo(string name)
    {
        int file = FindName(name);
        return file < 0 ? 0 : _writes[file];
    }

    /// <summary>Cuts a file off.</summary>
    public void Truncate(string name, int length)
    {
        _length[Find(name)] = length;
    }

    public void Flip(string name, int offset, byte bits)
    {
        _data[Find(name)][offset] ^= bits;
    }

    /// <summary>Becomes a copy of another flash, powered up, with nothing counted.</summary>
    public void CopyFrom(FakeFlash other)
    {
        _known = other._known;
        for (int i = 0; i < _known; i++)
        {
            _names[i] = other._names[i];
            _length[i] = other._length[i];
            _written[i] = 0;
            _writes[i] = 0;
            _data[i] = new byte[other._data[i].Length];
            Array.Copy(other._data[i], _data[i], _data[i].Length);
        }

        Steps = 0;
        MostFiles = 0;
        MostBytes = 0;
        BytesWritten = 0;
        Writes = 0;
        Reads = 0;
        PowerUp();
    }

    private int Spend(int steps)
    {
        int done = StepsLeft < 0 || steps <= StepsLeft ? steps : (int)StepsLeft;
        _isOff = done < steps;
        StepsLeft = StepsLeft < 0 ? StepsLeft : StepsLeft - done;
        Steps += done;
        return done;
    }

    private void Put(int file, byte[] data, int count)
    {
        if (_length[file] + count > _data[file].Length)
        {
            byte[] larger = new byte[_length[file] + count + 1024];
            Array.Copy(_data[file], larger, _length[file]);
            _data[file] = larger;
        }

        Array.Copy(data, 0, _data[file], _length[file], count);
        _length[file] += count;
        _written[file] += count;
        _writes[file]++;
        BytesWritten += count;
        Writes++;
        MostFiles = FileCount > MostFiles ? FileCount : MostFiles;
        MostBytes = Bytes > MostBytes ? Bytes : MostBytes;
    }

    private int Create(string name)
    {
        int file = FindName(name);
        if (file < 0)
        {
            file = _known;
            _known++;
            _names[file] = name;
            _data[file] = new byte[256];
        }

        _length[file] = 0;
        return file;
    }

    private int Find(string name)
    {
        int file = FindName(name);
        return file >= 0 && _length[file] >= 0 ? file : -1;
    }

    private int FindName(string name)
    {
        for (int i = 0; i < _known; i++)
        {
            if (_names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
