using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Modular.Host.Forms;

/// <summary>What a form asks: the draft that is worked on, or a version as it was published. Kept as JSON.</summary>
public sealed class FormBody
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public List<FormSection> Sections { get; set; } = [];

    [JsonIgnore]
    public IEnumerable<FormQuestion> Questions => Sections.SelectMany(s => s.Questions);

    public static FormBody Read(string json) => JsonSerializer.Deserialize<FormBody>(json, Json)!;

    public string Write() => JsonSerializer.Serialize(this, Json);

    public FormQuestion? Find(string? key) => Questions.FirstOrDefault(q => q.Key == key);

    public FormSection? Section(string? key) => Sections.Find(s => s.Key == key);

    public FormSection SectionOf(FormQuestion question) => Sections.Find(s => s.Questions.Contains(question))!;

    /// <summary>One place up or down; a question at the edge of its section goes into the one beside it.</summary>
    /// <returns>False when there is nothing of this key, or no place to go.</returns>
    public bool Move(string? key, bool down)
    {
        if (Section(key) is { } moved)
        {
            var to = Sections.IndexOf(moved) + (down ? 1 : -1);
            if (to < 0 || to >= Sections.Count)
            {
                return false;
            }

            Sections.Remove(moved);
            Sections.Insert(to, moved);
            return true;
        }

        if (Find(key) is not { } question)
        {
            return false;
        }

        var section = SectionOf(question);
        var (at, place) = (section.Questions.IndexOf(question), Sections.IndexOf(section));
        var next = at + (down ? 1 : -1);
        if (next >= 0 && next < section.Questions.Count)
        {
            (section.Questions[at], section.Questions[next]) = (section.Questions[next], question);
            return true;
        }

        if (Sections.ElementAtOrDefault(place + (down ? 1 : -1)) is not { } beside || place + (down ? 1 : -1) < 0)
        {
            return false;
        }

        section.Questions.Remove(question);
        beside.Questions.Insert(down ? 0 : beside.Questions.Count, question);
        return true;
    }

    /// <returns>What was removed, in words; null when there is nothing of this key.</returns>
    public string? Remove(string? key)
    {
        if (Section(key) is { } section)
        {
            Sections.Remove(section);
            return $"The section {section.Title.En} is removed.";
        }

        if (Find(key) is not { } question)
        {
            return null;
        }

        SectionOf(question).Questions.Remove(question);
        return $"“{question.Label.En}” is removed.";
    }

    /// <summary>Questions that stand before another one, or before the end of a section when it is new.</summary>
    public IEnumerable<FormQuestion> Before(string section, string? question) => Sections.TakeWhile(s => s.Key != section)
        .Concat(Sections.Where(s => s.Key == section)).SelectMany(s => s.Questions).TakeWhile(q => q.Key != question);
}

/// <summary>Questions under one heading; their points are added up.</summary>
public sealed class FormSection
{
    /// <summary><c>s1</c>; unique in the form and never used again.</summary>
    public string Key { get; set; } = "";
    public Words Title { get; set; } = new();
    public Words? Help { get; set; }
    public List<FormQuestion> Questions { get; set; } = [];
    public List<ScoreBand> Bands { get; set; } = [];
}

/// <summary>A sentence for whoever reads the points of a section, from one sum to another.</summary>
public sealed class ScoreBand
{
    public decimal From { get; set; }
    public decimal To { get; set; }
    public string Sentence { get; set; } = "";
}

public sealed class FormQuestion
{
    /// <summary><c>q1</c>; unique in the form and never used again.</summary>
    public string Key { get; set; } = "";
    public QuestionKind Kind { get; set; }
    public Words Label { get; set; } = new();
    public Words? Help { get; set; }
    public bool Required { get; set; }

    /// <summary>Of a number.</summary>
    public Words? Unit { get; set; }

    /// <summary>Of a number or a scale: the least and the most that is taken.</summary>
    public decimal? Least { get; set; }
    public decimal? Most { get; set; }

    /// <summary>Of a scale: what its ends mean.</summary>
    public Words? Low { get; set; }
    public Words? High { get; set; }

    /// <summary>Of a choice, or columns of a table.</summary>
    public List<FormOption> Options { get; set; } = [];

    /// <summary>Lines of a table.</summary>
    public int Lines { get; set; }

    /// <summary>Of a yes, or by which the number of a scale is multiplied; null counts nothing.</summary>
    public decimal? Points { get; set; }

    /// <summary>It is asked only then; null asks always.</summary>
    public FormCondition? When { get; set; }

    /// <summary>Of the record that the form is about; null when the answer changes no record.</summary>
    public string? Field { get; set; }

    /// <summary>As it is posted.</summary>
    [JsonIgnore]
    public string Name => $"answer-{Key}";

    /// <summary>Other questions may depend on what is chosen.</summary>
    [JsonIgnore]
    public bool IsChosen => Kind is QuestionKind.Choice or QuestionKind.Many or QuestionKind.YesNo or QuestionKind.Scale;

    [JsonIgnore]
    public bool Scores => Points is not null || (Kind is QuestionKind.Choice or QuestionKind.Many && Options.Exists(o => o.Points is not null));
}

public sealed class FormOption
{
    /// <summary>As it is kept and exported.</summary>
    public string Key { get; set; } = "";
    public Words Label { get; set; } = new();
    public decimal? Points { get; set; }
}

/// <summary>An earlier question was answered with one of these.</summary>
public sealed class FormCondition
{
    public string Question { get; set; } = "";
    public List<string> Is { get; set; } = [];
}

/// <summary>A text of a form in both languages; without its Spanish, who reads Spanish reads the English.</summary>
public sealed class Words
{
    public string En { get; set; } = "";
    public string? Es { get; set; }

    public string In(string language) => language == "es" && !string.IsNullOrEmpty(Es) ? Es : En;

    /// <summary>Null for nothing typed. A text whose English stays keeps its Spanish; another one is translated anew.</summary>
    public static Words? Of(string? english, Words? before) =>
        string.IsNullOrEmpty(english) ? null : english == before?.En ? before : new() { En = english };
}
