using Modular.Sdk;

namespace Modular.Billing.ClaimFiles;

/// <summary>A text on the form. Places are those of a typewriter: six lines and ten columns an inch, both from 1.</summary>
/// <param name="Box">"24D"; the form's own number.</param>
/// <param name="Meaning">What a cross says where no form is around it: "Female".</param>
public sealed record PaperField(string Box, string Text, double Line, int Column, int Columns, string? Meaning = null)
{
    private const double Inch = 25.4;

    /// <summary>The form's first line and column from the upper left corner of the paper.</summary>
    private const double FirstLeft = 0.3 * Inch;

    /// <inheritdoc cref="FirstLeft"/>
    private const double FirstTop = Inch / 3;

    /// <summary>Of one line, in millimetres.</summary>
    public const double LineHeight = Inch / 6;

    /// <summary>From the paper's left edge, in millimetres.</summary>
    public double Left => FirstLeft + ((Column - 1) * Inch / 10);

    /// <summary>From the paper's upper edge, in millimetres.</summary>
    public double Top => FirstTop + ((Line - 1) * LineHeight);

    /// <summary>In millimetres.</summary>
    public double Width => Columns * Inch / 10;
}

/// <summary>One page of a claim on paper.</summary>
public sealed record PaperPage(IReadOnlyList<PaperField> Fields)
{
    private const double Letters = 9;
    private const double Captions = 5;
    private const double CaptionHeight = 2.4;
    private const double CaptionWidth = 70;
    private const double MeaningWidth = 26;
    private const double HeadOfServices = 42.2;

    /// <summary>What a box is called, where its field stands first.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["1"] = "1. Insurance", ["1a"] = "1a. Insured's ID", ["2"] = "2. Patient's name", ["3"] = "3. Birth date, sex", ["4"] = "4. Insured's name",
        ["5"] = "5. Patient's address", ["6"] = "6. Relationship", ["7"] = "7. Insured's address", ["9"] = "9. Other insured's name",
        ["9a"] = "9a. Other policy or group", ["9d"] = "9d. Other plan", ["10a"] = "10a. Employment", ["10b"] = "10b. Auto accident",
        ["10c"] = "10c. Other accident", ["10d"] = "10d. Claim codes", ["11"] = "11. Group number", ["11a"] = "11a. Insured's birth date, sex",
        ["11b"] = "11b. Other claim ID", ["11c"] = "11c. Plan", ["11d"] = "11d. Another plan", ["12"] = "12. Patient's signature",
        ["13"] = "13. Insured's signature", ["14"] = "14. Illness, injury, LMP", ["15"] = "15. Other date", ["16"] = "16. Unable to work",
        ["17"] = "17. Referring provider", ["17b"] = "17b. NPI", ["18"] = "18. Hospitalization", ["19"] = "19. Additional information",
        ["20"] = "20. Outside lab", ["21"] = "21. Diagnoses", ["22"] = "22. Resubmission", ["23"] = "23. Prior authorization",
        ["25"] = "25. Tax ID", ["26"] = "26. Account", ["27"] = "27. Assignment", ["28"] = "28. Total", ["29"] = "29. Paid",
        ["31"] = "31. Provider's signature", ["32"] = "32. Service facility", ["33"] = "33. Billing provider",
        ["24A"] = "24A. From, to", ["24B"] = "24B. Place", ["24D"] = "24D. Procedure, modifiers", ["24E"] = "24E. Pointer", ["24F"] = "24F. Charge",
        ["24G"] = "24G. Units", ["24J"] = "24J. Rendering NPI",
    };

    /// <summary>The data alone, for paper that has the form on it. Printers feed paper a little off: both are millimetres.</summary>
    public Label Data(double right = 0, double down = 0)
    {
        var label = new Label();
        foreach (var field in Fields)
        {
            label.Text(field.Text, field.Left + right, field.Top + down, field.Width, PaperField.LineHeight, Letters);
        }

        return label;
    }

    /// <summary>For plain paper: what each box is called stands small above it, and a cross is a word.</summary>
    public Label Plain()
    {
        var label = new Label();
        foreach (var field in Fields)
        {
            var width = field.Meaning is null ? field.Width : MeaningWidth;
            label.Text(field.Meaning ?? field.Text, field.Left, field.Top, width, PaperField.LineHeight, Letters);
        }

        foreach (var box in Fields.GroupBy(f => f.Box).Where(box => Names.ContainsKey(box.Key)))
        {
            var first = box.MinBy(f => (f.Line, f.Column))!;

            // The services have a line of their own for it, since the line above each is its supplement.
            var isService = box.Key.StartsWith("24", StringComparison.Ordinal);
            var top = isService ? new PaperField("", "", HeadOfServices, 1, 1).Top : first.Top - CaptionHeight;
            label.Text(Names[box.Key], first.Left, top, CaptionWidth, CaptionHeight, Captions);
        }

        return label;
    }
}
