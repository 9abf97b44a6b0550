using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A question as it is typed by whoever builds a form: all in English; Spanish is typed under Translate.</summary>
public sealed class QuestionForm : IEditForm<PracticeForm>
{
    public int Version { get; set; }
    public string? Label { get; set; }
    public string? Kind { get; set; }
    public bool Required { get; set; }
    public string? Help { get; set; }

    /// <summary>A line for each choice or column: <c>Several days | 1</c>.</summary>
    public string? Choices { get; set; }
    public string? Unit { get; set; }
    public string? Least { get; set; }
    public string? Most { get; set; }
    public string? Low { get; set; }
    public string? High { get; set; }
    public string? Lines { get; set; }
    public string? Points { get; set; }
    public string? Field { get; set; }

    /// <summary>An earlier question and one of its answers, <c>q1=yes</c>.</summary>
    public List<string> When { get; set; } = [];

    [BindNever]
    public Guid FormId { get; private set; }

    [BindNever]
    public string Section { get; private set; } = "";

    [BindNever]
    public string? Key { get; private set; }

    [BindNever, ValidateNever]
    public IReadOnlyList<SelectListItem> Fields { get; private set; } = [];

    [BindNever, ValidateNever]
    public IReadOnlyList<SelectListItem> Conditions { get; private set; } = [];

    private FormKind? kind;

    public void Place(string section, string? key) => (Section, Key) = (section, key);

    /// <summary>What may be chosen in this form.</summary>
    public void Offer(PracticeForm form, FormKind? of)
    {
        (FormId, kind) = (form.Id, of);
        Fields = [new("Nothing", ""), .. (of?.Fields ?? []).Select(f => new SelectListItem(f.Title, f.Name))];
        Conditions = [.. form.Body.Before(Section, Key).Where(q => q.IsChosen)
            .SelectMany(q => FormRules.Choices(q, "en").Select(c => new SelectListItem($"{q.Label.En}: {c.Words}", $"{q.Key}={c.Key}")))];
    }

    public void Show(PracticeForm form)
    {
        if (form.Body.Find(Key) is not { } q)
        {
            Kind ??= QuestionKind.Text.Text();
            return;
        }

        (Label, Kind, Required, Help, Unit) = (q.Label.En, q.Kind.Text(), q.Required, q.Help?.En, q.Unit?.En);
        (Low, High, Field) = (q.Low?.En, q.High?.En, q.Field);
        (Least, Most, Points) = (Number(q.Least), Number(q.Most), Number(q.Points));
        Lines = q.Lines == 0 ? null : $"{q.Lines}";
        Choices = string.Join('\n', q.Options.Select(o => o.Points is { } points ? $"{o.Label.En} | {Number(points)}" : o.Label.En));
        When = q.When is { } when ? [.. when.Is.Select(v => $"{when.Question}={v}")] : [];
    }

    public void Write(PracticeForm form, Reading read)
    {
        var before = form.Body.Find(Key);
        var q = new FormQuestion { Label = Words.Of(read.Required(nameof(Label), "Question", Label, 300), before?.Label) ?? new(), Required = Required };
        if (States.Find<QuestionKind>(Kind) is { } answered)
        {
            q.Kind = answered;
        }
        else
        {
            read.Refuse(nameof(Kind), "Choose how it is answered.");
        }

        q.Help = Words.Of(FormTyping.Wording(read, nameof(Help), "Help", Help), before?.Help);
        WriteField(q, read);
        WriteChoices(q, before, read);
        WriteNumbers(q, before, read);
        WriteCondition(q, form.Body, read);
        if (Key is null && form.Body.Questions.Count() >= FormRules.MostQuestions)
        {
            read.Refuse("", $"A form has at most {FormRules.MostQuestions} questions. Make a second form.");
        }

        if (read.Errors.Count == 0)
        {
            q.Key = Key ?? form.NextQuestion();
            form.Change(body => Put(body, q));
        }
    }

    private void Put(FormBody body, FormQuestion q)
    {
        var section = body.Find(q.Key) is { } there ? body.SectionOf(there) : body.Section(Section)!;
        var at = section.Questions.FindIndex(o => o.Key == q.Key);
        if (at < 0)
        {
            section.Questions.Add(q);
        }
        else
        {
            section.Questions[at] = q;
        }
    }

    private void WriteField(FormQuestion q, Reading read)
    {
        q.Field = Reading.Clean(Field);
        if (q.Field is not null && kind?.Fields.Any(f => f.Name == q.Field) != true)
        {
            read.Refuse(nameof(Field), "Choose a field of the list.");
        }
    }

    /// <summary>A choice keeps its key while its words are mended, so that conditions and exports go on with it.</summary>
    private void WriteChoices(FormQuestion q, FormQuestion? before, Reading read)
    {
        if (q.Kind is not (QuestionKind.Choice or QuestionKind.Many or QuestionKind.Table))
        {
            return;
        }

        if (q is { Kind: QuestionKind.Choice, Field: { } name } && kind?.Fields.FirstOrDefault(f => f.Name == name) is { Choices: not null } field)
        {
            q.Options = before?.Field == name && before.Options.Count > 0 ? before.Options : [.. PracticeForm.OptionsOf(field)];
            return;
        }

        var lines = FormTyping.Lines(Choices).ToList();
        var most = q.Kind == QuestionKind.Table ? FormRules.MostColumns : FormRules.MostOptions;
        if (lines.Count > most)
        {
            read.Refuse(nameof(Choices), $"At most {most} fit.");
        }

        var old = before?.Options ?? [];
        foreach (var (line, place) in lines.Select((l, i) => (l, i)))
        {
            var (label, points) = line.LastIndexOf('|') is > 0 and var bar ? (line[..bar].Trim(), line[(bar + 1)..].Trim()) : (line, "");
            var same = old.Find(o => o.Label.En == label) ?? (old.Count == lines.Count && lines.TrueForAll(l => !Says(l, old[place].Label.En)) ? old[place] : null);
            if (label.Length is 0 or > 120 || q.Options.Exists(o => o.Label.En == label))
            {
                read.Refuse(nameof(Choices), $"“{line}” is there twice, or has more than 120 letters.");
                return;
            }

            q.Options.Add(new()
            {
                Key = same?.Key ?? FreeKey(label, [.. q.Options, .. old]), Label = Words.Of(label, same?.Label)!,
                Points = points.Length == 0 || q.Kind == QuestionKind.Table ? null : Typed(nameof(Choices), points, read),
            });
        }
    }

    private static bool Says(string line, string label) => line == label || line.StartsWith(label + " |", StringComparison.Ordinal);

    private void WriteNumbers(FormQuestion q, FormQuestion? before, Reading read)
    {
        switch (q.Kind)
        {
            case QuestionKind.Number:
                q.Unit = Words.Of(read.Text(nameof(Unit), "Unit", Unit, 40), before?.Unit);
                (q.Least, q.Most) = (Typed(nameof(Least), Least, read), Typed(nameof(Most), Most, read));
                break;
            case QuestionKind.Scale:
                (q.Least, q.Most) = (Typed(nameof(Least), Least, read) ?? 0, Typed(nameof(Most), Most, read) ?? 10);
                q.Low = Words.Of(read.Text(nameof(Low), "Low end", Low), before?.Low);
                q.High = Words.Of(read.Text(nameof(High), "High end", High), before?.High);
                q.Points = Typed(nameof(Points), Points, read);
                if (q.Least % 1 != 0 || q.Most % 1 != 0 || q.Most - q.Least is < 1 or > 10 || q.Least is < 0 or > 100)
                {
                    read.Refuse(nameof(Most), "A scale goes over whole numbers, at most eleven: 0 to 10, 1 to 5.");
                }

                break;
            case QuestionKind.YesNo:
                q.Points = Typed(nameof(Points), Points, read);
                break;
            case QuestionKind.Table:
                q.Lines = int.TryParse(Reading.Clean(Lines) ?? "5", NumberStyles.None, CultureInfo.InvariantCulture, out var lines) ? lines : 0;
                if (q.Lines is < 1 or > FormRules.MostLines)
                {
                    read.Refuse(nameof(Lines), $"Give the lines of the table, 1 to {FormRules.MostLines}.");
                }

                break;
        }

        if (q.Least > q.Most)
        {
            read.Refuse(nameof(Most), "The most is less than the least.");
        }
    }

    private void WriteCondition(FormQuestion q, FormBody body, Reading read)
    {
        if (When.Count == 0)
        {
            return;
        }

        var parts = When.Distinct().Select(w => w.Split('=', 2)).ToList();
        if (parts.Exists(p => p.Length != 2 || body.Before(Section, Key).FirstOrDefault(b => b.Key == p[0]) is not { IsChosen: true } on
            || FormRules.Choices(on, "en").All(c => c.Key != p[1])))
        {
            read.Refuse(nameof(When), "Choose answers of questions that stand before this one.");
        }
        else if (parts.DistinctBy(p => p[0]).Count() > 1)
        {
            read.Refuse(nameof(When), "Choose answers of one question only.");
        }
        else
        {
            q.When = new() { Question = parts[0][0], Is = [.. parts.Select(p => p[1])] };
        }
    }

    private static decimal? Typed(string field, string? typed, Reading read)
    {
        if (Reading.Clean(typed) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1_000_000)
        {
            return number;
        }

        read.Refuse(field, $"“{text}” is not a number.");
        return null;
    }

    private static string? Number(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Of the words, so that whoever reads an export knows what it means.</summary>
    private static string FreeKey(string label, List<FormOption> taken)
    {
        var words = string.Concat(label.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var plain = string.Join('-', words);
        var key = plain.Length > 0 ? plain[..Math.Min(plain.Length, 40)] : "choice";
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? key : $"{key}-{n}").First(k => taken.TrueForAll(o => o.Key != k));
    }
}
