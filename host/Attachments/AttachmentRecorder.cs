using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Attachments;

/// <summary>Files go with their record: when it is deleted, and to the other patient when it turns out to be about somebody else.</summary>
public sealed class AttachmentRecorder(InstalledModules modules) : IRowRecorder
{
    public bool Derives => false;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        foreach (var row in rows.Where(r => r.Id is not null && r.State is EntityState.Deleted or EntityState.Modified))
        {
            var kinds = modules.Running.SelectMany(m => m.Declared.Records)
                .Where(k => k.Attachments is not null && k.Row == row.Entity.GetType()).Select(k => k.Id).ToArray();
            if (kinds.Length > 0 && row.State == EntityState.Deleted)
            {
                work.AddRows(batch => batch.BatchCommands.Add(Command(
                    "select core.drop_attachments(array(select id from core.attachments where row_id = $2 and kind = any ($1)))",
                    kinds, row.Id!.Value)));
            }
            else if (kinds.Length > 0 && row.Entity is IOfPatient about && row.Values.Any(v => v.Property == nameof(IOfPatient.PatientId)))
            {
                work.AddRows(batch => batch.BatchCommands.Add(Command(
                    "select core.attachments_follow($1, $2, $3)", kinds, row.Id!.Value, Postgres.Sql.Uuid(about.PatientId))));
            }
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
