using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form of the practice, whatever its version: a draft that is worked on, and the number of the newest version.</summary>
public sealed class PracticeForm : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>JSON of a <see cref="FormBody"/>.</summary>
    public string Draft { get; private set; } = new FormBody().Write();

    public int LastQuestion { get; private set; }
    public int LastSection { get; private set; }

    /// <summary>Number of the newest version; 0 while there is none.</summary>
    public int Current { get; private set; }

    /// <summary>The draft says something else than the newest version.</summary>
    public bool Changed { get; private set; } = true;

    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    /// <summary>People may be asked to fill it in.</summary>
    public bool InUse => Current > 0 && WithdrawnAt is null;

    public FormBody Body => FormBody.Read(Draft);

    /// <summary>Changes the draft.</summary>
    public void Change(Action<FormBody> change)
    {
        var body = Body;
        change(body);
        (Draft, Changed) = (body.Write(), true);
    }

    /// <summary>Keys that no question or section ever had.</summary>
    public string NextQuestion() => $"q{++LastQuestion}";

    public string NextSection() => $"s{++LastSection}";

    public FormVersion Publish(string? change, DateTimeOffset at, string by)
    {
        (Current, Changed) = (Current + 1, false);
        return new() { FormId = Id, Number = Current, Body = Draft, Change = change, PublishedAt = at, PublishedBy = by };
    }

    /// <summary>Begins with a question for each field of the record.</summary>
    public void BeginWith(FormKind kind) => Change(body =>
    {
        var section = new FormSection { Key = NextSection(), Title = new() { En = kind.Title } };
        foreach (var field in kind.Fields)
        {
            section.Questions.Add(new()
            {
                Key = NextQuestion(), Kind = field.Choices is null ? QuestionKind.Text : QuestionKind.Choice, Field = field.Name,
                Label = new() { En = field.Title, Es = field.InSpanish }, Options = [.. OptionsOf(field)],
            });
        }

        body.Sections.Add(section);
    });

    /// <summary>What a question that changes this field offers.</summary>
    public static IEnumerable<FormOption> OptionsOf(FormField field) => (field.Choices ?? new Dictionary<string, string>()).Select(c => new FormOption
    {
        Key = c.Key, Label = new() { En = c.Value, Es = field.ChoicesInSpanish?.GetValueOrDefault(c.Key) },
    });
}

/// <summary>A form as it was published: it stays so.</summary>
public sealed class FormVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid FormId { get; init; }
    public int Number { get; init; }
    public string Body { get; init; } = "";
    public string? Change { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public string PublishedBy { get; init; } = "";

    public FormBody Asks() => FormBody.Read(Body);
}
