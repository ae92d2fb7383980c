using System;
using System.Collections;
using System.Text;
using GatewayAgent.Control;
using nanoFramework.Json;

namespace GatewayAgent.Device.Control;

/// <summary>
/// The fields of one JSON object, taken one by one: each is of the kind asked for or refused with its name, and what nobody asked for is
/// refused at the end. The first thing that is wrong is kept.
/// </summary>
internal sealed class JsonFields
{
    // What is quoted of a text or a name that somebody typed.
    private const int QuotedChars = 24;

    private readonly JsonFields _root;
    private readonly Hashtable _fields;
    private readonly string _path;
    private string _known = string.Empty;
    private string _problem;

    private JsonFields(JsonFields root, Hashtable fields, string path)
    {
        _root = root ?? this;
        _fields = fields;
        _path = path;
    }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public string Problem => _root._problem;

    /// <summary>Reads an object.</summary>
    /// <param name="payload">As received.</param>
    /// <param name="maxValues">Most values that are taken.</param>
    /// <param name="reason">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static JsonFields Read(byte[] payload, int maxValues, out string reason)
    {
        reason = JsonScan.Check(payload, maxValues);
        if (reason != null)
        {
            return null;
        }

        try
        {
            string text = Encoding.UTF8.GetString(payload, 0, payload.Length);
            return new JsonFields(null, (Hashtable)JsonConvert.DeserializeObject(text, typeof(Hashtable)), string.Empty);
        }
        catch (Exception)
        {
            // The grammar holds, so hardly anything else is left.
            reason = "a field stands twice";
            return null;
        }
    }

    /// <summary>Notes that a field has something wrong, unless another had before.</summary>
    public void Refuse(string name, string what) => _root._problem = _root._problem ?? _path + name + ": " + what;

    public bool Has(string name) => _fields.Contains(name);

    public int Whole(string name, int standard)
    {
        if (!Take(name, out object value))
        {
            return standard;
        }

        if (value is int)
        {
            return (int)value;
        }

        Refuse(name, value is long ? value.ToString() + " is too large" : "must be a whole number");
        return standard;
    }

    public bool Flag(string name, bool standard)
    {
        if (!Take(name, out object value))
        {
            return standard;
        }

        if (value is bool)
        {
            return (bool)value;
        }

        Refuse(name, "must be true or false");
        return standard;
    }

    /// <summary>A text; the library makes a time of what looks like one, and then it is refused.</summary>
    public string Text(string name, string standard)
    {
        if (!Take(name, out object value))
        {
            return standard;
        }

        if (value is string)
        {
            return (string)value;
        }

        Refuse(name, value is DateTime ? "looks like a time to this node" : "must be a text");
        return standard;
    }

    /// <summary>A count of seconds since 1970.</summary>
    public uint Time(string name)
    {
        if (Take(name, out object value))
        {
            long seconds = value is int ? (int)value : value is long ? (long)value : -1;
            if (seconds >= 0 && seconds <= uint.MaxValue)
            {
                return (uint)seconds;
            }
        }

        Refuse(name, "must be Unix seconds");
        return 0;
    }

    /// <summary>A list; null when it is not stated.</summary>
    public ArrayList List(string name)
    {
        if (!Take(name, out object value))
        {
            return null;
        }

        if (value is ArrayList)
        {
            return (ArrayList)value;
        }

        Refuse(name, "must be a list");
        return null;
    }

    /// <summary>An object within this one; null when it is not stated.</summary>
    public JsonFields Section(string name)
    {
        if (!Take(name, out object value))
        {
            return null;
        }

        if (value is Hashtable)
        {
            return new JsonFields(_root, (Hashtable)value, _path + name + ".");
        }

        Refuse(name, "must be an object");
        return null;
    }

    /// <summary>Refuses what stands there although it is said elsewhere.</summary>
    public void Forbid(string name, string why)
    {
        if (_fields.Contains(name))
        {
            Refuse(name, why);
        }
    }

    /// <summary>Refuses what nobody has asked for.</summary>
    public void End()
    {
        foreach (DictionaryEntry left in _fields)
        {
            Refuse(Shortened((string)left.Key), "is not known; known are" + _known);
        }
    }

    /// <summary>The beginning of a text, for a message.</summary>
    public static string Shortened(string text) => text.Length <= QuotedChars ? text : text.Substring(0, QuotedChars) + "...";

    private bool Take(string name, out object value)
    {
        _known += " " + name;
        value = null;
        if (!_fields.Contains(name))
        {
            return false;
        }

        value = _fields[name];
        _fields.Remove(name);
        return true;
    }
}
