using System.Globalization;
using Modular.Sdk;
using Scriban;
using Scriban.Runtime;

namespace Modular.Host.Letters;

/// <summary>What may stand behind a <c>|</c>: the only functions there are. None looks at a clock, at chance or at anything outside.</summary>
public static class LetterFilters
{
    /// <param name="Takes">Types of the word before it.</param>
    /// <param name="Option">What the text after its colon may say; null: nothing stands there, empty: any text, which then must stand there.</param>
    public sealed record Filter(IReadOnlyList<LetterFieldType> Takes, IReadOnlyList<string>? Option = null);

    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["date"] = new([LetterFieldType.Date], ["full", "long", "short"]),
        ["time"] = new([LetterFieldType.Time]),
        ["money"] = new([LetterFieldType.Number]),
        ["number"] = new([LetterFieldType.Number]),
        ["phone"] = new([LetterFieldType.Text]),
        ["upcase"] = new([LetterFieldType.Text]),
        ["downcase"] = new([LetterFieldType.Text]),
        ["default"] = new([LetterFieldType.Text, LetterFieldType.Number, LetterFieldType.Date, LetterFieldType.Time], []),
    };

    internal static ScriptObject Functions { get; } = Make();

    private static ScriptObject Make()
    {
        var functions = new ScriptObject();
        functions.Import("date", Date);
        functions.Import("time", (TemplateContext c, object? value) => Words(c, value as TimeOnly?));
        functions.Import("money", (TemplateContext c, object? value) => value is null ? null : Number(value).ToString("C", c.CurrentCulture));
        functions.Import("number", (TemplateContext c, object? value) => value is null ? null : Words(c, Number(value)));
        functions.Import("phone", (object? value) => TypedPhone.Show(value as string));
        functions.Import("upcase", (TemplateContext c, object? value) => (value as string)?.ToUpper(c.CurrentCulture));
        functions.Import("downcase", (TemplateContext c, object? value) => (value as string)?.ToLower(c.CurrentCulture));
        functions.Import("default", (object? value, object? otherwise) => value ?? otherwise);
        functions.IsReadOnly = true;
        return functions;
    }

    private static string? Date(TemplateContext context, object? value, string format = "full")
    {
        var (culture, spanish) = (context.CurrentCulture, Language(context) == "es");
        return value is not DateOnly day ? null : format switch
        {
            "long" => day.ToString(spanish ? "d 'de' MMMM 'de' yyyy" : "MMMM d, yyyy", culture),
            // In numbers, 3/4 is the third of April to one Spanish reader and the fourth of March to another.
            "short" => day.ToString(spanish ? "d MMM yyyy" : "MM/dd/yyyy", culture),
            _ => Words(context, day),
        };
    }

    /// <summary>A value as it reads without any filter.</summary>
    internal static string? Words(TemplateContext context, object? value) => value switch
    {
        DateOnly day => PatientTexts.Day(day, Language(context)),
        TimeOnly time => PatientTexts.Time(time, Language(context)),
        decimal number => number.ToString("#,##0.############", context.CurrentCulture),
        bool yes => Language(context) == "es" ? yes ? "sí" : "no" : yes ? "yes" : "no",
        _ => value as string,
    };

    private static decimal Number(object value) => value is decimal number ? number : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static string Language(TemplateContext context) => context.CurrentCulture.TwoLetterISOLanguageName;

    /// <summary>A kind of value in a sentence.</summary>
    public static string Word(LetterFieldType type) => type switch
    {
        LetterFieldType.Text => "a text",
        LetterFieldType.Number => "a number",
        LetterFieldType.Date => "a date",
        LetterFieldType.Time => "a time",
        LetterFieldType.YesNo => "a yes or no",
        _ => "a list",
    };
}
