namespace Modular.Billing.Codes;

/// <summary>A kind of official file: how it is read and what it is taken into.</summary>
/// <param name="Title">As the form offers it.</param>
/// <param name="Layout">What the file looks like, for the form.</param>
/// <param name="Read">Its entries.</param>
public sealed record CodeFile(string Title, string Layout, DatedTable Table, Func<TextReader, IEnumerable<CodeLine>> Read);

/// <summary>The official files that a practice loads, in their publishers' layouts. None is shipped.</summary>
public static class CodeFiles
{
    public static IReadOnlyDictionary<string, CodeFile> All { get; } = new Dictionary<string, CodeFile>
    {
        ["icd10cm"] = new("Diagnoses: ICD-10-CM order file (CMS)", "icd10cm-order-2026.txt, lines of fixed width", DatedTable.Codes,
            FixedFiles.Diagnoses),
        ["hcpcs"] = new("Procedures and modifiers: HCPCS Level II (CMS)", "HCPC2026_JAN_ANWEB.txt, lines of fixed width", DatedTable.Codes,
            FixedFiles.Hcpcs),
        ["cpt"] = new("Procedures: CPT as licensed to the practice (AMA)", "a table with the headings Code, Short description, Long description",
            DatedTable.Codes, TableFiles.Cpt),
        ["place"] = new("Places of service (CMS)", "a table with the headings Code, Name, Facility", DatedTable.Codes, TableFiles.Places),
        ["ncci"] = new("NCCI procedure-to-procedure edits, practitioner (CMS)", "ccipra-…-f1.txt and its further parts, each by itself",
            DatedTable.Pairs, TableFiles.Pairs),
        ["mue"] = new("Medically unlikely edits, practitioner (CMS)", "MCR_MUE_PractitionerServices…csv", DatedTable.Units, TableFiles.Units),
        ["pprrvu"] = new("Physician fee schedule: relative values (CMS)", "PPRRVU26_JAN.csv", DatedTable.RelativeValues, RelativeValueFile.Read),
    };
}
