using Modular.Host.Letters;
using Modular.Sdk;

namespace Modular.Tests.Letters;

/// <summary>What a module may not declare as a letter, each with the sentence of the modules page.</summary>
public sealed class DeclarationTests : IDisposable
{
    private static readonly ModuleManifest Manifest = new("notes", "Notes", "1.0.0", "0.9", "Notes.dll");
    private readonly string folder = Directory.CreateTempSubdirectory("letters").FullName;

    public DeclarationTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "Letters"));
        File.WriteAllText(Path.Combine(folder, "Letters", "slip.en.liquid"), "x");
    }

    private static readonly LetterField Name = LetterField.Text("name", "Name", "Ana");

    public static TheoryData<string?, LetterKind[]> Faults => new()
    {
        { null, [English("notes.slip", Name)] },
        { "Its letter slip must be named notes.noun.", [English("slip", Name)] },
        { "Its letter patients.slip must be named notes.noun.", [English("patients.slip", Name)] },
        { "It declares the letter notes.slip twice.", [English("notes.slip", Name), English("notes.slip", Name)] },
        { "Its letter notes.slip must be in languages out of en, es.", [new("notes.slip", "Slip", [Name]) { Languages = ["en", "fr"] }] },
        { "Its letter notes.slip has no text: Letters/slip.es.liquid is not there.", [new("notes.slip", "Slip", [Name])] },
        { "Its letter notes.slip has the field name twice.", [English("notes.slip", Name, Name)] },
        { "Its letter notes.slip has the field name twice.", [English("notes.slip", Name, LetterField.Text("name.first", "First", "Ana"))] },
        { "Its letter notes.slip has a field fee whose example or rows are not those of a Number.", [English("notes.slip", new LetterField("fee", "Fee", LetterFieldType.Number, "3"))] },
        { "Its letter notes.slip has a field rows whose example or rows are not those of a List.", [English("notes.slip", LetterField.List("rows", "Rows"))] },
        { "Its letter notes.slip has a field if;", [English("notes.slip", LetterField.Text("if", "If", "x"))] },
        { "Its letter notes.slip has a field a.b.c;", [English("notes.slip", LetterField.Text("a.b.c", "C", "x"))] },
        { "Its letter notes.slip has a field First;", [English("notes.slip", LetterField.Text("First", "First", "x"))] },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_letter_that_breaks_a_rule_is_said_in_a_sentence(string? sentence, LetterKind[] kinds)
    {
        var fault = LetterDeclarations.Fault(Manifest, folder, kinds);

        Assert.True(sentence is null ? fault is null : fault?.StartsWith(sentence, StringComparison.Ordinal) == true, fault);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static LetterKind English(string id, params LetterField[] fields) => new(id, "Slip", fields) { Languages = ["en"] };
}
