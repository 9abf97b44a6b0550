using System.Text.Json;

namespace Modular.Patients.Imports;

/// <summary>Patient and Coverage of FHIR R4 as the rows that a table would have held.</summary>
public static class FhirRows
{
    public static IReadOnlyDictionary<string, string> Patient(JsonElement p)
    {
        var row = new Row();
        row.Set("source_id", p.Text("id"));
        Names(row, p);
        row.Set("birth_date", p.Text("birthDate"));
        row.Set("deceased_on", p.Text("deceasedDateTime") is { Length: >= 10 } died ? died[..10] : null);
        row.Set("sex", p.Text("gender"));
        row.Set("marital", p.Get("maritalStatus")?.Coding());
        row.Set("language", p.List("communication").FirstOrDefault(c => c.Text("preferred") != "false").Get("language")?.Coding()?.Split('-')[0]);
        Contact(row, p);
        foreach (var identifier in p.List("identifier"))
        {
            var field = identifier.Get("type")?.Coding() switch { "SS" => "ssn", "DL" => "drivers_license", "PPN" => "passport", _ => null };
            row.Set(field, identifier.Text("value"));
        }

        foreach (var extension in p.List("extension"))
        {
            var text = extension.List("extension").FirstOrDefault(e => e.Text("url") == "text").Text("valueString");
            row.Set(extension.Text("url")?.Split('/')[^1] switch { "us-core-race" => "race", "us-core-ethnicity" => "ethnicity", _ => null }, text);
        }

        return row;
    }

    /// <summary>The patient may be named by id or, where the sender knew none, by an identifier: <c>Patient?identifier=system|value</c>.</summary>
    public static IReadOnlyDictionary<string, string> Coverage(JsonElement c)
    {
        var row = new Row();
        var payers = c.List("payor").Select(PayerId).OfType<string>().ToList();
        var relationship = c.Get("relationship")?.Coding() ?? "self";
        row.Set("patient", Referred(c.Get("beneficiary")?.Text("reference")));
        row.Set("payer", payers.ElementAtOrDefault(0));
        row.Set("secondary_payer", payers.ElementAtOrDefault(1));
        row.Set("rank", c.Text("order"));
        row.Set("member_id", c.Text("subscriberId") ?? c.List("identifier").Select(i => i.Text("value")).FirstOrDefault());
        var (group, plan) = (Class(c, "group"), Class(c, "plan"));
        row.Set("group_number", group.Text("value"));
        row.Set("group_name", group.Text("name"));
        row.Set("plan_name", plan.Text("name") ?? plan.Text("value"));
        row.Set("relationship", relationship);
        row.Set("subscriber", relationship == "self" ? null : c.Get("subscriber")?.Text("display") ?? c.Get("policyHolder")?.Text("display") ?? "Not named in the file");
        row.Set("from", c.Get("period")?.Text("start"));
        row.Set("to", c.Get("period")?.Text("end"));
        return row;
    }

    /// <summary>Who pays for a coverage, so that payers can be loaded from the same file first.</summary>
    public static IReadOnlyDictionary<string, string> Payer(JsonElement c)
    {
        var row = new Row();
        var payor = c.List("payor").FirstOrDefault();
        row.Set("source_id", PayerId(payor));
        row.Set("name", payor.Text("display") ?? PayerId(payor));
        row.Set("payer_number", payor.Get("identifier")?.Text("value"));
        return row;
    }

    private static JsonElement Class(JsonElement coverage, string kind) => coverage.List("class").FirstOrDefault(x => x.Get("type")?.Coding() == kind);

    private static string? PayerId(JsonElement payor) => payor.Get("identifier")?.Text("value") ?? Referred(payor.Text("reference")) ?? payor.Text("display");

    /// <summary>"Patient/12", "urn:uuid:12" and "Patient?identifier=http://x|12" all mean 12.</summary>
    private static string? Referred(string? reference) => reference is null ? null : Uri.UnescapeDataString(reference.Split('/', ':', '|', '=')[^1]);

    private static void Names(Row row, JsonElement p)
    {
        var names = p.List("name").ToList();
        var official = names.Find(n => n.Text("use") is "official");
        official = official.ValueKind == JsonValueKind.Undefined ? names.Find(n => n.Text("use") is null or "usual") : official;
        var given = official.Strings("given");
        row.Set("last_name", official.Text("family"));
        row.Set("first_name", given.ElementAtOrDefault(0));
        row.Set("middle_name", given.Count > 1 ? string.Join(' ', given.Skip(1)) : null);
        row.Set("prefix", string.Join(' ', official.Strings("prefix")));
        row.Set("suffix", string.Join(' ', official.Strings("suffix")));
        row.Set("preferred_name", names.Find(n => n.Text("use") == "nickname").Strings("given").ElementAtOrDefault(0));
        row.Set("former_names", string.Join(", ", names.Where(n => n.Text("use") is "maiden" or "old").Select(n => n.Text("family")).OfType<string>().Distinct()));
    }

    private static void Contact(Row row, JsonElement p)
    {
        var home = p.List("address").FirstOrDefault(a => a.Text("use") is null or "home");
        var lines = home.Strings("line");
        row.Set("address", lines.ElementAtOrDefault(0));
        row.Set("address2", lines.ElementAtOrDefault(1));
        row.Set("city", home.Text("city"));
        row.Set("state", home.Text("state"));
        row.Set("zip", home.Text("postalCode"));
        row.Set("county", home.Text("district"));
        foreach (var telecom in p.List("telecom"))
        {
            var field = (telecom.Text("system"), telecom.Text("use")) switch
            {
                ("email", _) => "email",
                ("phone" or "sms", "mobile") => "mobile_phone",
                ("phone", "work") => "work_phone",
                ("phone", _) => "home_phone",
                _ => null,
            };
            row.Set(field, telecom.Text("value"));
        }
    }

    private sealed class Row : Dictionary<string, string>
    {
        /// <summary>The first value of a field counts.</summary>
        public void Set(string? field, string? value)
        {
            if (field is not null && !string.IsNullOrWhiteSpace(value))
            {
                TryAdd(field, value);
            }
        }
    }

    private static JsonElement? Get(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var found) ? found : null;

    private static string? Text(this JsonElement from, string name) =>
        from.Get(name) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array) } value ? value.ToString() : null;

    private static IEnumerable<JsonElement> List(this JsonElement from, string name) =>
        from.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static List<string> Strings(this JsonElement from, string name) => [.. from.List(name).Select(e => e.ToString())];

    /// <summary>The code of the first coding.</summary>
    private static string? Coding(this JsonElement concept) => concept.List("coding").Select(c => c.Text("code")).FirstOrDefault();
}
