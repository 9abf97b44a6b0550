namespace Modular.Sdk;

/// <summary>
/// Takes typed text as a value, or says why not. Forms and imports read the same way, so that what a file brings
/// is held to what a person may type.
/// </summary>
/// <param name="today">Where it is typed.</param>
/// <example><c>contact.Name = read.Required(nameof(Name), "Name", Name);</c></example>
public sealed class Reading(DateOnly today)
{
    /// <summary>What could not be taken so far.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>The day on which it was typed: no birth date is later.</summary>
    public DateOnly Today => today;

    /// <summary>One line of text, cleaned; null when blank or too long.</summary>
    public string? Text(string field, string label, string? typed, int longest = 80)
    {
        var text = Clean(typed);
        if (text?.Length > longest)
        {
            Refuse(field, $"{label} has {text.Length} letters; at most {longest} fit.");
            return null;
        }

        return text;
    }

    /// <summary>Text that must be there; empty when it is not.</summary>
    public string Required(string field, string label, string? typed, int longest = 80)
    {
        if (Text(field, label, typed, longest) is { } text)
        {
            return text;
        }

        if (Clean(typed) is null)
        {
            Refuse(field, $"Type the {label.ToLowerInvariant()}.");
        }

        return "";
    }

    /// <summary>A date that has happened.</summary>
    public DateOnly? Past(string field, string label, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        var (read, fault) = TypedDate.Read(text, today, birth: true);
        if (read is not { } date)
        {
            Refuse(field, fault == TypedDate.Future ? $"{label} “{text}” is in the future." : $"“{text}” is not a date; type it like 01/05/1948.");
            return null;
        }

        return date;
    }

    /// <summary>A date around today: 1/5, t+14, 3w; null when blank.</summary>
    public DateOnly? Near(string field, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        if (TypedDate.Read(text, today).Date is { } date)
        {
            return date;
        }

        Refuse(field, $"“{text}” is not a date; type it like 01/05/2026.");
        return null;
    }

    /// <summary>Ten digits, or + and the country code, without signs; null when blank.</summary>
    public string? Phone(string field, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        if (TypedPhone.Read(text) is { } phone)
        {
            return phone;
        }

        Refuse(field, $"“{text}” is not a phone number; it has ten digits, or + and the country code.");
        return null;
    }

    /// <summary>An amount that is owed: never below zero.</summary>
    public decimal? Money(string field, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        if (TypedMoney.Read(text) is { } amount and >= 0 and < 1_000_000)
        {
            return amount;
        }

        Refuse(field, $"“{text}” is not an amount; type it like 30 or 30.00.");
        return null;
    }

    /// <summary>Five or nine digits. A spreadsheet drops leading zeros: three and four digits get them back.</summary>
    public string? Zip(string field, string? typed, bool fromSpreadsheet = false)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        digits = fromSpreadsheet && digits.Length is 3 or 4 ? digits.PadLeft(5, '0') : digits;
        if (digits.Length is 5 or 9 && text.All(c => char.IsAsciiDigit(c) || c is '-' or ' '))
        {
            return digits;
        }

        Refuse(field, $"“{text}” is not a ZIP code; it has 5 or 9 digits.");
        return null;
    }

    /// <summary>A state of the USA as two letters, typed as code or name; null when blank.</summary>
    public string? State(string field, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        if (UsStates.Code(text) is { } code)
        {
            return code;
        }

        Refuse(field, $"“{text}” is not a state; type two letters such as MA.");
        return null;
    }

    /// <summary>An e-mail address; null when blank.</summary>
    public string? Email(string field, string? typed)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        var at = text.IndexOf('@');
        if (at > 0 && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && !text.EndsWith('.') && !text.Contains(' ') && text.Length <= 120)
        {
            return text;
        }

        Refuse(field, $"“{text}” is not an e-mail address.");
        return null;
    }

    /// <summary>The key of one of the choices, in any case; null when blank.</summary>
    /// <param name="choices">As stored, and as people read it.</param>
    public string? OneOf(string field, string label, string? typed, IReadOnlyDictionary<string, string> choices)
    {
        if (Clean(typed) is not { } text)
        {
            return null;
        }

        if (choices.Keys.FirstOrDefault(key => string.Equals(key, text, StringComparison.OrdinalIgnoreCase)) is { } key)
        {
            return key;
        }

        Refuse(field, $"{label} “{text}” is not known; use one of {string.Join(", ", choices.Values)}.");
        return null;
    }

    /// <summary>Puts a sentence beside a field, or on top of the form when <paramref name="field"/> is empty.</summary>
    public void Refuse(string field, string sentence) => Errors.Add(new(field, sentence));

    /// <summary>Trimmed, inner runs of white space and line ends one space, control characters gone; blank is null.</summary>
    public static string? Clean(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var words = new string([.. typed.Select(c => char.IsWhiteSpace(c) ? ' ' : c).Where(c => !char.IsControl(c))]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }
}
