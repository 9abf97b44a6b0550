namespace Modular.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
public sealed record Options
{
    public const string Usage = """
        dotnet run -c Release --project tests/Benchmarks [-- OPTIONS]

          --only NAME,…      day, search, book, growth, frontdesk, import, start, memory, modules, practices, messages, weights (all when left out); data only makes the rows
          --small            2,000 patients and 20,000 visits, short rounds: to try the benchmark itself
          --practices N      idle practices in one host (1,000; 20 with --small)
          --connection TEXT  an own PostgreSQL server; the private one otherwise. Databases named modular… on it are dropped
          --work FOLDER      where servers and data live (a temporary folder otherwise); kept, and the data used again next time
          --as-published     with --work: do not publish again
          --out FILE         the table as markdown
        """;

    public IReadOnlyCollection<string> Only { get; init; } = [];
    public bool Small { get; init; }
    public int Practices { get; init; }
    public string? Connection { get; init; }
    public string? Work { get; init; }
    public bool AsPublished { get; init; }
    public string? Out { get; init; }

    public int Patients => Small ? 2_000 : 200_000;

    public int Visits => Small ? 20_000 : 2_000_000;

    public int Rounds => Small ? 3 : 7;

    public TimeSpan RoundTime => TimeSpan.FromSeconds(Small ? 1 : 3);

    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name);

    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.\n{Usage}");
            options = args[i] switch
            {
                "--only" => options with { Only = Value().Split(',') },
                "--small" => options with { Small = true },
                "--as-published" => options with { AsPublished = true },
                "--practices" => options with { Practices = int.Parse(Value()) },
                "--connection" => options with { Connection = Value() },
                "--work" => options with { Work = Path.GetFullPath(Value()) },
                "--out" => options with { Out = Path.GetFullPath(Value()) },
                "--" => options,
                var other => throw new ArgumentException($"{other} is not understood.\n{Usage}"),
            };
        }

        return options.Practices > 0 ? options : options with { Practices = options.Small ? 20 : 1000 };
    }
}
