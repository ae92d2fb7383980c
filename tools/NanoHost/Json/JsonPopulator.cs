using System.Collections;
using System.Globalization;
using System.Reflection;

namespace nanoFramework.Json;

/// <summary>Fills instances of a type from the tree of <see cref="JsonTree"/>.</summary>
internal static class JsonPopulator
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;

    public static object Populate(object tree, Type type, JsonSerializerOptions options) => tree switch
    {
        Hashtable when type == typeof(Hashtable) => tree,
        Hashtable table when type == typeof(ArrayList) => new ArrayList { table },
        Hashtable table => Instance(table, type, options),
        ArrayList when type == typeof(ArrayList) => tree,
        ArrayList list when type.IsArray => Array(list, type.GetElementType(), options),
        ArrayList => throw new DeserializationException(),
        _ => Scalar(tree, type),
    };

    private static object Instance(Hashtable table, Type type, JsonSerializerOptions options)
    {
        object instance = type.GetConstructor(Type.EmptyTypes)?.Invoke(null) ?? throw new DeserializationException();
        foreach (DictionaryEntry entry in table)
        {
            Assign(instance, (string)entry.Key, entry.Value, options);
        }

        return instance;
    }

    private static void Assign(object instance, string name, object value, JsonSerializerOptions options)
    {
        BindingFlags flags = options.PropertyNameCaseInsensitive ? Members | BindingFlags.IgnoreCase : Members;
        Type type = instance.GetType();
        if (type.GetField(name, flags) is { } field)
        {
            field.SetValue(instance, Populate(value, field.FieldType, options));
        }
        else if (type.GetProperty(name, flags) is { GetMethod.IsPublic: true, SetMethod.IsPublic: true } property)
        {
            property.SetValue(instance, Populate(value, property.PropertyType, options));
        }
        else if (options.ThrowExceptionWhenPropertyNotFound)
        {
            throw new DeserializationException();
        }
    }

    private static Array Array(ArrayList list, Type element, JsonSerializerOptions options)
    {
        var array = System.Array.CreateInstance(element, list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            array.SetValue(Populate(list[i], element, options), i);
        }

        return array;
    }

    /// <summary>
    /// As the device: null is an empty string or no object, but no number; numbers go by way of their text, so "5" is one too.
    /// </summary>
    private static object Scalar(object value, Type type)
    {
        if (type == typeof(object) || (value == null && type.IsClass && type != typeof(string) && !type.IsArray))
        {
            return value;
        }

        if (type == typeof(string))
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        if (type == typeof(bool) || type == typeof(DateTime))
        {
            return value?.GetType() == type ? value : throw new InvalidCastException();
        }

        string text = Convert.ToString(value ?? throw new DeserializationException(), CultureInfo.InvariantCulture);
        return type.IsEnum
            ? Enum.ToObject(type, int.Parse(text, CultureInfo.InvariantCulture))
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
    }
}
