using System.Globalization;
using System.Text;
using Modular.Billing.X12;

namespace Modular.Billing.ClaimFiles;

/// <summary>Puts segments of claims into a set: what is empty is left out, texts are set in the letters that X12 has.</summary>
internal sealed class ClaimOutput(InterchangeWriter writer)
{
    private int levels;

    /// <summary>Begins a set: its levels are counted from 1.</summary>
    public void Begin(int controlNumber, string type = "837")
    {
        writer.BeginSet(type, controlNumber);
        levels = 0;
    }

    public void End() => writer.EndSet();

    public void Put(string id, params ReadOnlySpan<ElementText> elements) => writer.Segment(id, elements);

    /// <summary>HL; gives its number.</summary>
    public int Level(int? parent, string code, bool hasBelow)
    {
        levels++;
        Put("HL", Number(levels), parent is { } above ? Number(above) : "", code, hasBelow ? "1" : "0");
        return levels;
    }

    public void Reference(string qualifier, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            Put("REF", qualifier, Text(value));
        }
    }

    public void References(IEnumerable<ClaimId> ids)
    {
        foreach (var id in ids)
        {
            Reference(id.Qualifier, id.Value);
        }
    }

    public void Date(string qualifier, DateOnly? date)
    {
        if (date is { } day)
        {
            Put("DTP", qualifier, "D8", Day(day));
        }
    }

    /// <summary>One day or a span.</summary>
    public void Dates(string qualifier, DateOnly from, DateOnly? to)
    {
        if (to is { } last && last != from)
        {
            Put("DTP", qualifier, "RD8", $"{Day(from)}-{Day(last)}");
        }
        else
        {
            Date(qualifier, from);
        }
    }

    public void Amount(string qualifier, decimal? amount)
    {
        if (amount is { } sum)
        {
            Put("AMT", qualifier, Money(sum));
        }
    }

    public void Name(string entity, ClaimName name, bool isPerson, string idType = "", string? id = null)
    {
        var hasId = !string.IsNullOrWhiteSpace(id);
        Put("NM1", entity, isPerson ? "1" : "2", Text(name.Last), isPerson ? Text(name.First) : "", isPerson ? Text(name.Middle) : "", "",
            isPerson ? Text(name.Suffix) : "", hasId ? idType : "", hasId ? Text(id) : "");
    }

    public void Provider(string entity, ClaimProvider provider) => Name(entity, provider.Name, provider.IsPerson, "XX", provider.Npi);

    public void Address(ClaimAddress? address)
    {
        if (address is null)
        {
            return;
        }

        // N404 and N407 are for other countries alone (section 2, N4).
        var isAbroad = address.Country is not (null or "" or "US");
        Put("N3", Text(address.Street), Text(address.Street2));
        Put("N4", Text(address.City), Text(address.State), Text(address.Zip?.Replace("-", "", StringComparison.Ordinal)),
            isAbroad ? Text(address.Country) : "", "", "", isAbroad ? Text(address.Subdivision) : "");
    }

    /// <summary>PER: the number, then what else there is, at most three.</summary>
    public void Contact(ClaimContact? contact)
    {
        if (contact is null)
        {
            return;
        }

        var ways = new List<(string Kind, string? Number)>
        {
            ("TE", Digits(contact.Phone)), ("EX", contact.Phone is null ? null : contact.Extension), ("FX", Digits(contact.Fax)),
            ("EM", contact.Email),
        }.Where(way => !string.IsNullOrWhiteSpace(way.Number)).Take(3)
            .SelectMany(way => new ElementText[] { way.Kind, Text(way.Number, keepCase: true) });
        Put("PER", [(ElementText)"IC", Text(contact.Name), .. ways]);
    }

    public void Attachments(IEnumerable<ClaimAttachment> attachments)
    {
        foreach (var sent in attachments)
        {
            Put("PWK", sent.Type, sent.Sent, "", "", string.IsNullOrEmpty(sent.ControlNumber) ? "" : "AC", Text(sent.ControlNumber));
        }
    }

    /// <summary>All reasons of a group in one CAS, six at most (section 1.4.4; 2320, 2430 CAS).</summary>
    public void Adjustments(IEnumerable<ClaimAdjustment> adjustments)
    {
        foreach (var part in adjustments.GroupBy(a => a.Group).SelectMany(group => group.Chunk(6)))
        {
            var triplets = part.SelectMany(a => new ElementText[] { a.Reason, Money(a.Amount), a.Quantity is { } quantity ? Number(quantity) : "" });
            Put("CAS", [(ElementText)part[0].Group, .. triplets]);
        }
    }

    public static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Without zeros at its end (appendix B.1.1.3.1.2).</summary>
    public static string Money(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Capitals, marks taken off letters (Núñez is NUNEZ), ends of lines made blanks, several blanks one: payers compare names so. What X12 has
    /// no letter for stays, and the writer refuses it by name.
    /// </summary>
    public static string Text(string? text, bool keepCase = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Half a letter cannot be taken apart; it is refused as it is.
        var letters = text.Any(char.IsSurrogate) ? text : text.Normalize(NormalizationForm.FormD);
        var plain = new StringBuilder(text.Length);
        foreach (var c in letters.Trim())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var letter = c switch
            {
                '\r' or '\n' or '\t' => ' ',
                '\u2018' or '\u2019' => '\'',
                '\u2013' or '\u2014' => '-',
                _ => keepCase ? c : char.ToUpperInvariant(c),
            };
            if (letter != ' ' || (plain.Length > 0 && plain[^1] != ' '))
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private static string? Digits(string? phone) => phone is null ? null : string.Concat(phone.Where(char.IsAsciiDigit));
}
