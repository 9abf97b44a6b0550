using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>Turns a handler's methods into one delegate: Load, Validate, then Handle, their parameters filled without reflection at run time.</summary>
public static class HandlerCompiler
{
    private static readonly ParameterExpression Call = Expression.Parameter(typeof(HandlerCall), "call");
    private static readonly ParameterExpression Target = Expression.Parameter(typeof(object), "target");

    private delegate ValueTask<object?> Step(object? target, HandlerCall call);

    public static Func<HandlerCall, ValueTask<object?>> Compile(Type type, MethodInfo handle, MethodInfo? load, MethodInfo? validate)
    {
        var loaded = load is null ? [] : LoadedTypes(load);
        var make = handle.IsStatic ? null : ActivatorUtilities.CreateFactory(type, []);
        var loadStep = load is null ? null : Compile(load, []);
        var validateStep = validate is null ? null : Compile(validate, loaded);
        var handleStep = Compile(handle, loaded);
        return call => RunAsync(make?.Invoke(call.Services, []), call, loadStep, validateStep, handleStep);
    }

    private static async ValueTask<object?> RunAsync(object? target, HandlerCall call, Step? load, Step? validate, Step handle)
    {
        if (load is not null)
        {
            var found = await load(target, call);
            call.Loaded = found is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : [found];
        }

        if (validate is not null && await validate(target, call) is { } refusals && Refuses(refusals))
        {
            return null;
        }

        return await handle(target, call);
    }

    private static bool Refuses(object refusals) => refusals is string one ? one.Length > 0 : refusals is IEnumerable several && several.Cast<object>().Any();

    /// <summary>The result behind Task, ValueTask and their generic forms.</summary>
    public static Type ResultOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask) || returned == typeof(void))
        {
            return typeof(void);
        }

        return returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? returned.GetGenericArguments()[0]
            : returned;
    }

    private static Type[] LoadedTypes(MethodInfo load)
    {
        var result = ResultOf(load.ReturnType);
        return result.IsAssignableTo(typeof(ITuple)) ? result.GetGenericArguments() : [result];
    }

    private static Step Compile(MethodInfo method, Type[] loaded)
    {
        var arguments = method.GetParameters().Select((p, i) => i == 0
            ? Expression.Convert(Expression.Property(Call, nameof(HandlerCall.Message)), p.ParameterType)
            : Argument(p, loaded, method.DeclaringType!));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(Target, method.DeclaringType!), method, arguments);
        return Expression.Lambda<Step>(Awaited(call, method.ReturnType), Target, Call).Compile();
    }

    private static Expression Argument(ParameterInfo parameter, Type[] loaded, Type handler)
    {
        var type = parameter.ParameterType;
        if (Array.FindIndex(loaded, l => Nullable.GetUnderlyingType(l) == type || type.IsAssignableFrom(l)) is >= 0 and var index)
        {
            return Expression.Convert(Expression.ArrayIndex(Expression.Property(Call, nameof(HandlerCall.Loaded)), Expression.Constant(index)), type);
        }

        return type == typeof(Envelope) ? Expression.Property(Call, nameof(HandlerCall.Envelope))
            : type == typeof(CancellationToken) ? Expression.Property(Call, nameof(HandlerCall.Stop))
            : type == typeof(DateTimeOffset) ? Expression.Property(Call, nameof(HandlerCall.Now))
            : type == typeof(ILogger) ? Expression.Call(typeof(HandlerCompiler), nameof(Logger), null, Call, Expression.Constant(handler))
            : Expression.Call(typeof(ServiceProviderServiceExtensions), nameof(ServiceProviderServiceExtensions.GetRequiredService), [type],
                Expression.Property(Call, nameof(HandlerCall.Services)));
    }

    private static ILogger Logger(HandlerCall call, Type handler) => call.Services.GetRequiredService<ILoggerFactory>().CreateLogger(handler);

    private static Expression Awaited(Expression call, Type returned)
    {
        if (returned == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        var result = ResultOf(returned);
        if (result == returned)
        {
            return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
        }

        var isTask = returned.IsAssignableTo(typeof(Task));
        return result == typeof(void)
            ? Expression.Call(typeof(HandlerCompiler), isTask ? nameof(Await) : nameof(AwaitValue), null, call)
            : Expression.Call(typeof(HandlerCompiler), isTask ? nameof(AwaitResult) : nameof(AwaitValueResult), [result], call);
    }

    private static async ValueTask<object?> Await(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> AwaitValue(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> AwaitResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> AwaitValueResult<T>(ValueTask<T> task) => await task;
}
