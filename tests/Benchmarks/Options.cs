namespace Modular.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
public sealed record Options
{
    public const string Usage = """
        dotnet run -c Release --project tests/Benchmarks [-- OPTIONS]

          --only NAME,…      day, search, book, growth, frontdesk, indicators, letters, disposal, import, start, memory, modules, practices, messages, x12,
                             weights (all when left out);
                             data only makes the rows, proofs runs the proofs of the bus at their full size and measures nothing
          --before FOLDER    a checked-out commit of before: start, memory, modules, messages and practices also run with its host, in turns
          --rounds N         rounds of each measure (7; 3 with --small)
          --small            2,000 patients and 20,000 visits, short rounds: to try the benchmark itself
          --modules N,…      how many modules the hosts of that measure have (3,10,20,30)
          --practices N      idle practices in one host (1,000; 20 with --small)
          --connection TEXT  an own PostgreSQL server; the private one otherwise. Databases named modular… on it are dropped
          --work FOLDER      where servers and data live (a temporary folder otherwise); kept, and the data used again next time
          --as-published     with --work: do not publish again
          --out FILE         the table as markdown
        """;

    public IReadOnlyCollection<string> Only { get; init; } = [];
    public bool Small { get; init; }
    public int Practices { get; init; }
    public IReadOnlyList<int> Modules { get; init; } = [3, 10, 20, 30];
    public string? Connection { get; init; }
    public string? Work { get; init; }
    public bool AsPublished { get; init; }
    public string? Before { get; init; }
    public string? Out { get; init; }

    public int Patients => Small ? 2_000 : 200_000;

    public int Visits => Small ? 20_000 : 2_000_000;

    public int Rounds { get; init; }

    /// <summary>Rounds of what takes long: starts, a load until memory stays as it is.</summary>
    public int LongRounds => (Rounds * 2 / 3) + 1;

    public TimeSpan RoundTime => TimeSpan.FromSeconds(Small ? 1 : 3);

    public bool Wants(string name) => Only.Count == 0 ? name != "proofs" : Only.Contains(name);

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
                "--before" => options with { Before = Path.GetFullPath(Value()) },
                "--rounds" => options with { Rounds = int.Parse(Value()) },
                "--modules" => options with { Modules = [.. Value().Split(',').Select(int.Parse).Order()] },
                "--practices" => options with { Practices = int.Parse(Value()) },
                "--connection" => options with { Connection = Value() },
                "--work" => options with { Work = Path.GetFullPath(Value()) },
                "--out" => options with { Out = Path.GetFullPath(Value()) },
                "--" => options,
                var other => throw new ArgumentException($"{other} is not understood.\n{Usage}"),
            };
        }

        if (options is { Before: not null, Connection: not null })
        {
            throw new ArgumentException($"--before has a server of its own beside the private one; it does not go with --connection.\n{Usage}");
        }

        return options with
        {
            Practices = options.Practices > 0 ? options.Practices : options.Small ? 20 : 1000,
            Rounds = options.Rounds > 0 ? options.Rounds : options.Small ? 3 : 7,
        };
    }
}
