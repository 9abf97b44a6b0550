using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>A file that people put to a record of a module, with what it was before it was replaced.</summary>
public sealed class Attachment : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>Of the record, as its module declared it.</summary>
    public required string Kind { get; init; }
    public required Guid RowId { get; init; }

    /// <summary>Whom the record is about, for merge, export and erasure; who sees the file is judged by the record.</summary>
    public Guid? PatientId { get; init; }
    public required string Title { get; set; }
    public required DateTimeOffset AddedAt { get; init; }
    public required string AddedBy { get; init; }
    public DateTimeOffset? RemovedAt { get; private set; }
    public string? RemovedBy { get; private set; }
    public List<AttachmentVersion> Versions { get; } = [];

    Guid? IOfPatient.PatientId => PatientId;

    public AttachmentVersion Current => Versions.MaxBy(v => v.Number)!;

    public AttachmentVersion Put(StoredFile file, DateTimeOffset now, string by)
    {
        var version = new AttachmentVersion
        {
            AttachmentId = Id, Number = Versions.Count + 1, FileId = file.Id, Name = file.Name, Type = file.Type, Length = file.Length,
            AddedAt = now, AddedBy = by,
        };
        Versions.Add(version);
        return version;
    }

    public void Remove(DateTimeOffset now, string by) => (RemovedAt, RemovedBy) = (now, by);

    public void PutBack() => (RemovedAt, RemovedBy) = (null, null);
}

/// <summary>One content of an attachment, as it was stored.</summary>
public sealed class AttachmentVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AttachmentId { get; init; }
    public required int Number { get; init; }
    public required Guid FileId { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required long Length { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required string AddedBy { get; init; }

    public string Size => Length < 1024 * 1024 ? $"{Said.Count((Length + 1023) / 1024)} KB" : $"{Length / 1024m / 1024m:0.0} MB";

    public string Icon => Type.StartsWith("image/", StringComparison.Ordinal) ? "eye" : "file";
}
