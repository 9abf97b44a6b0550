using Modular.Benchmarks;
using Modular.Benchmarks.Floor;

if (args is ["floor", var port, var connection])
{
    await FloorApp.RunAsync(int.Parse(port), connection);
    return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

return await Run.AllAsync(options);
