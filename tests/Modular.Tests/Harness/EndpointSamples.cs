using Modular.Host.Practices;
using Npgsql;

namespace Modular.Tests.Harness;

/// <summary>
/// How the endpoint matrix calls the pages of one owner with real rows. A class per module, found by itself: plant the rows (the same
/// ids in every practice), then name an address for every GET route that has a parameter or does not simply answer.
/// </summary>
public abstract class EndpointSamples
{
    /// <summary>Plants the rows in one practice. Put <see cref="SampleRows.Mark"/> into every text a page may show.</summary>
    public abstract Task PlantAsync(SampleRows rows);

    public abstract IEnumerable<Sample> All { get; }

    /// <summary>Plants the rows of every owner in both practices.</summary>
    /// <returns>The samples by route.</returns>
    public static async Task<IReadOnlyDictionary<string, Sample>> PlantAllAsync(TestHost host)
    {
        var samples = new Dictionary<string, Sample>();
        foreach (var type in typeof(EndpointSamples).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(EndpointSamples)) && !t.IsAbstract))
        {
            var owner = (EndpointSamples)Activator.CreateInstance(type)!;
            await owner.PlantAsync(new(host.North));
            await owner.PlantAsync(new(host.South));
            foreach (var sample in owner.All)
            {
                samples.Add(Plain(sample.Route), sample);
            }
        }

        return samples;
    }

    public static string Plain(string route) => "/" + route.Trim('/');
}

/// <param name="Route">The route pattern as the slice writes it.</param>
/// <param name="Url">An address that leads to a planted row.</param>
public sealed record Sample(string Route, string Url)
{
    /// <summary>The row lies at Main Street: a person of Lakeside must not see it.</summary>
    public bool AtMainStreet { get; init; }

    /// <summary>Checked inside the page, where the route itself is open to everybody who is signed in.</summary>
    public string? Permission { get; init; }

    /// <summary>What a permitted call answers, when that is no page: 404 for a page that is closed by now.</summary>
    public int Answer { get; init; } = 200;
}

/// <summary>Writes rows into one practice by SQL.</summary>
public sealed class SampleRows(Practice practice)
{
    public Practice Practice => practice;

    /// <summary>Only this practice's rows carry it; a page of the other that shows it has leaked.</summary>
    public string Mark => $"Mark{practice.Row.Slug}";

    public async Task RunAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var command = practice.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter("mark", Mark));
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(new NpgsqlParameter(name, value));
        }

        await command.ExecuteNonQueryAsync();
    }
}
