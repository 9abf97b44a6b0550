using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Npgsql;

namespace Modular.Counting;

public sealed class CountingDb(ModuleDbContext<CountingDb> context) : ModuleDb(context)
{
    protected override void Map(ModelBuilder model)
    {
        // Rows are written by hand: the proofs want plain inserts.
    }

    public async Task AddAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var write = await BeginWriteAsync(ct);
        await using var command = new NpgsqlCommand(sql, Work.Connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
        await write.CommitAsync(ct);
    }
}
