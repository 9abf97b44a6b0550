using System.Globalization;
using System.Text.Json;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>How values of X12 are said in JSON: what is empty is null, dates are ISO, amounts are numbers.</summary>
internal static class JsonFields
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    public static void Amount(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } amount)
        {
            json.WriteNumber(name, amount);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.Where(v => v.Length > 0))
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void List<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> fields)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            fields(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An object, or null where there is nothing to say it of.</summary>
    public static void Object<T>(this Utf8JsonWriter json, string name, T? item, Action<T> fields) where T : class
    {
        if (item is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        fields(item);
        json.WriteEndObject();
    }

    /// <summary>A date that is none is given as it was written.</summary>
    public static void Date(this Utf8JsonWriter json, string name, string value) => json.Text(name, Iso(value));

    /// <summary>NM1: a person or an organization.</summary>
    public static void Party(this Utf8JsonWriter json, string name, Segment? nm1) => json.Object(name, nm1, json.PartyFields);

    public static void PartyFields(this Utf8JsonWriter json, Segment nm1)
    {
        json.Text("entity", nm1[1]);
        json.Text("name", nm1[3]);
        json.Text("first", nm1[4]);
        json.Text("middle", nm1[5]);
        json.Text("suffix", nm1[7]);
        json.Text("idType", nm1[8]);
        json.Text("id", nm1[9]);
    }

    public static void Procedure(this Utf8JsonWriter json, string name, Segment segment, int element)
    {
        if (segment.Bytes(element).IsEmpty)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.Text("type", segment[element, 1]);
        json.Text("code", segment[element, 2]);
        json.Texts("modifiers", [segment[element, 3], segment[element, 4], segment[element, 5], segment[element, 6]]);
        json.Text("text", segment[element, 7]);
        json.WriteEndObject();
    }

    public static void Adjustments(this Utf8JsonWriter json, Loop loop) => json.List("adjustments", X12.Adjustments.Of(loop), adjustment =>
    {
        json.Text("group", adjustment.Group);
        json.Text("reason", adjustment.Reason);
        json.Amount("amount", adjustment.Amount);
        json.Amount("quantity", adjustment.Quantity);
    });

    public static void References(this Utf8JsonWriter json, Loop loop) => json.List("references", loop.All("REF"), reference =>
    {
        json.Text("type", reference[1]);
        json.Text("value", reference[2]);
    });

    public static void Amounts(this Utf8JsonWriter json, Loop loop) => json.List("amounts", loop.All("AMT"), amount =>
    {
        json.Text("type", amount[1]);
        json.Amount("amount", amount.Decimal(2));
    });

    public static void Notes(this Utf8JsonWriter json, Loop loop) => json.List("notes", loop.All("NTE"), note =>
    {
        json.Text("type", note[1]);
        json.Text("text", note[2]);
    });

    /// <summary>DTP: a day, or two with a hyphen between; what else stands there is given as it is.</summary>
    public static void Dates(this Utf8JsonWriter json, Loop loop) => json.List("dates", loop.All("DTP"), date =>
    {
        json.Text("type", date[1]);
        var days = date.Is(2, "RD8") ? date[3].Split('-', 2) : [date[3]];
        json.Date("from", days[0]);
        json.Date("to", days[^1]);
    });

    private static string Iso(string value) =>
        DateOnly.TryParseExact(value, ["yyyyMMdd", "yyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value;
}
