using System.Globalization;
using Modular.Billing.Charges;
using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Superbill;

/// <summary>Reads the lines of one superbill.</summary>
/// <param name="services">Codes that may be charged on the day.</param>
/// <param name="modifiers">Those that are known; null takes any.</param>
/// <param name="letters">From the field of a diagnosis, counted from 0, to its position.</param>
internal sealed class LineReader(
    Encounter e, Reading read, Dictionary<string, BillingCode> services, HashSet<string>? modifiers, Dictionary<int, int> letters, string place,
        ChargePrices prices)
{
    private const int MostPointers = 4, MostModifiers = 4;

    public static string[] Split(string? typed) => (typed ?? "").ToUpperInvariant().Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    public ChargeLine Read(int index, SuperbillForm.Line typed)
    {
        void Refuse(string field, string sentence) => read.Refuse($"Lines[{index}].{field}", sentence);
        var code = CodeFinder.Plain(typed.Code ?? "");
        if (!services.TryGetValue(code, out var service))
        {
            Refuse("Code", code.Length == 0 ? "Type the code of the service, or empty the line."
                : $"“{typed.Code}” is no code that may be charged on {Said.ShortDay(e.ServiceFrom)}. Type a few letters and choose one.");
        }

        var used = Modifiers(typed, Refuse);
        var own = Price(typed, Refuse);
        var (ndc, quantity, unit) = Drug(typed, Refuse);
        return new ChargeLine
        {
            Id = typed.Id is { } id && e.Lines.Exists(l => l.Id == id) ? id : Guid.CreateVersion7(), EncounterId = e.Id, Code = code,
            Name = service?.ShortName ?? code,
            Modifiers = used, Pointers = Pointers(typed, Refuse), Units = Units(typed, Refuse), ServiceOn = Day(typed, Refuse),
            Price = own ?? prices.Of(code, used, place), OwnPrice = own is not null, Ndc = ndc, NdcQuantity = quantity, NdcUnit = unit,
            Note = read.Text($"Lines[{index}].Note", "Note", typed.Note),
        };
    }

    private string[] Modifiers(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        var used = Split(typed.Modifiers);
        if (used.Length > MostModifiers || used.Distinct().Count() < used.Length)
        {
            refuse("Modifiers", $"At most {MostModifiers} modifiers, each once.");
        }
        else if (Array.Find(used, m => m.Length != 2 || !m.All(char.IsAsciiLetterOrDigit) || modifiers?.Contains(m) == false) is { } wrong)
        {
            refuse("Modifiers", $"“{wrong}” is no modifier of that day.");
        }

        return used;
    }

    /// <summary>Letters as the page shows them; nothing typed points to the first four.</summary>
    private int[] Pointers(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        var text = string.Concat((typed.Pointers ?? "").ToUpperInvariant().Where(c => c is not (' ' or ',')));
        if (text.Length == 0)
        {
            return [.. letters.Values.Order().Take(MostPointers)];
        }

        if (text.Length > MostPointers || text.Distinct().Count() < text.Length)
        {
            refuse("Pointers", $"At most {MostPointers} letters, each once.");
            return [];
        }

        var wrong = text.Where(c => !letters.ContainsKey(c - 'A')).ToList();
        if (wrong.Count > 0)
        {
            refuse("Pointers", $"There is no diagnosis {wrong[0]}.");
            return [];
        }

        return [.. text.Select(c => letters[c - 'A'])];
    }

    private static decimal Units(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        if (Reading.Clean(typed.Units) is not { } text)
        {
            return 1;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units is > 0 and <= 9999
            && Math.Round(units, 2) == units)
        {
            return units;
        }

        refuse("Units", "Units are more than 0, at most 9,999.");
        return 1;
    }

    private static decimal? Price(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        if (Reading.Clean(typed.Price) is not { } text)
        {
            return null;
        }

        if (TypedMoney.Read(text) is { } price and >= 0 and < 1_000_000)
        {
            return price;
        }

        refuse("Price", TypedMoney.Hint);
        return null;
    }

    private DateOnly Day(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        if (Reading.Clean(typed.On) is not { } text)
        {
            return e.ServiceFrom;
        }

        if (TypedDate.Read(text, read.Today).Date is { } day && day >= e.ServiceFrom && day <= e.ServiceTo)
        {
            return day;
        }

        refuse("On", e.ServiceFrom == e.ServiceTo ? $"The service was on {Said.ShortDay(e.ServiceFrom)}."
            : $"The day is between {Said.ShortDay(e.ServiceFrom)} and {Said.ShortDay(e.ServiceTo)}.");
        return e.ServiceFrom;
    }

    private static (string? Ndc, decimal? Quantity, string? Unit) Drug(SuperbillForm.Line typed, Action<string, string> refuse)
    {
        var (code, amount, unit) = (Reading.Clean(typed.Ndc), Reading.Clean(typed.NdcQuantity), Reading.Clean(typed.NdcUnit)?.ToUpperInvariant());
        if (code is null && amount is null)
        {
            return (null, null, null);
        }

        if (DrugCode.Read(code ?? "") is not { } ndc)
        {
            refuse("Ndc", DrugCode.Hint);
            return (null, null, null);
        }

        if (!decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity)
            || quantity is <= 0 or > 999_999 || Math.Round(quantity, 3) != quantity)
        {
            refuse("NdcQuantity", "Type how much of the drug was given, such as 0.5.");
            return (null, null, null);
        }

        if (unit is null || !DrugCode.Units.Contains(unit))
        {
            refuse("NdcUnit", $"The unit is one of {string.Join(", ", DrugCode.Units)}.");
            return (null, null, null);
        }

        return (ndc, quantity, unit);
    }
}
